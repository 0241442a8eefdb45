/** What is wrong with a schedule as it was entered; there before its form is. */

export const noWholeSeconds = 'A whole number of seconds.'
