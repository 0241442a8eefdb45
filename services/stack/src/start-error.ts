/** Why the platform does not start, in one line for the person who typed `npm start`. */

export class StartError extends Error {
  override name = 'StartError'
}
