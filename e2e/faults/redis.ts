/** Commands to a Redis of the tests, as an operator gives them. */

import { once } from 'node:events'
import { connect } from 'node:net'

/** @throws what the server answers as an error */
export const askRedis = async (port: number, ...words: string[]): Promise<string> => {
  const socket = connect(port, '127.0.0.1')
  const command = (all: string[]) => `*${all.length}\r\n${all.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
  let answer = ''
  socket.on('data', (data) => {
    answer += data.toString()
  })
  // QUIT makes the server close when it has answered.
  socket.write(command(words) + command(['QUIT']))
  await once(socket, 'close')
  if (answer.startsWith('-')) throw new Error(answer.trim())
  return answer
}
