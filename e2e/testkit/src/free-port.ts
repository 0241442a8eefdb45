/** A TCP port of 127.0.0.1 that nobody listens on. */

export { freePort } from '@aiia/stack/free-port'
