/** What is said when a connector was changed, in whichever tab of its page. */

export const saved = (connector: string) => `${connector} is saved`
