/** A number as people read it in a log. */
export const shown = (value: number): string => value.toLocaleString('en-US')
