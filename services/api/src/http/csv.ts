/** One line of a CSV file that a spreadsheet opens without executing anything of it. */

/** A cell that begins so is a formula to a spreadsheet. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/
/** Harmless, and wanted as it is. */
const plainNumber = /^[+-]?\d+([.,]\d+)*$/

const cell = (text: string | null): string => {
  if (text === null) return ''
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) || safe === '' ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** By RFC 4180; null is an empty cell, an empty text one in quotes. */
export const csvLine = (cells: readonly (string | null)[]): string => `${cells.map(cell).join(',')}\r\n`
