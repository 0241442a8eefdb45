/** What a service begins with that is not the one a connector expects, as its message shows it. */

const shownBytes = 24

/** `begins with "SSH-2.0-OpenSSH_9.2p1··"`. */
export const beginning = (greeting: Buffer): string =>
  `begins with "${greeting.toString('latin1', 0, shownBytes).replaceAll(/[^ -~]/g, '·')}"`
