/** The dialog that asks between which two moments the runs of a history were asked for. */

export const title = 'Runs asked for in a time of your own'
export const hint = 'In your time zone. An end that is left empty is open.'
export const from = 'From'
export const to = 'To'
export const backwards = 'This is not after the beginning.'
export const leave = 'Leave it'
export const show = 'Show these runs'
