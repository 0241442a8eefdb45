/** Words that are explained in a help, and are the name of no value. */

/** The column heading over a stream's primary key. */
export const key = 'Key'
