/** Decimal numbers in all the ways they are written, for the values that the short cuts of the encoders do not take. */

/** `digits` × 10 ^ `exponent`; no leading zeros, and no digits for zero. */
export type Decimal = { negative: boolean; digits: string; exponent: number }

const form = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i

/** @returns null where the text is no number */
export const readDecimal = (source: Buffer, from: number, to: number): Decimal | null => {
  const [match, sign, whole = '', part = '', exponent = '0'] = form.exec(source.toString('latin1', from, to)) ?? []
  if (match === undefined || whole.length + part.length === 0) return null
  return { negative: sign === '-', digits: (whole + part).replace(/^0+/, ''), exponent: Number(exponent) - part.length }
}

/** What `numeric` holds: so many digits before the point, and so many behind it. */
export const mostDigits = 131_072
export const mostScale = 16_383

export const fitsNumeric = ({ digits, exponent }: Decimal): boolean =>
  exponent >= -mostScale && (digits === '' || digits.length + exponent <= mostDigits)

/** @returns it without an exponent, such as `-0.0025` or `100000` */
export const plainText = ({ negative, digits, exponent }: Decimal): string => {
  const sign = negative ? '-' : ''
  if (digits === '' && exponent >= 0) return '0'
  if (exponent >= 0) return sign + digits + '0'.repeat(exponent)
  const padded = digits.padStart(1 - exponent, '0')
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`
}
