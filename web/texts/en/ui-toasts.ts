/** The brief answers at the edge of a page; what draws them is loaded with the first. */

export const dismiss = 'Dismiss'
