/** A real mail server of a test's own, which keeps what it is given. */

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type TestMail = { from: string; to: string[] /** Headers and body, as they came. */; source: string }

export type TestMailServer = {
  /** With the user and password that it asks for. */
  url: string
  port: number
  mails: TestMail[]
  /** Refuses mail for this address from now on. */
  refuse(address: string): void
  stop(): Promise<void>
}

const [user, password] = ['aiia', 'secret-of-mail']

export const startMailServer = async (): Promise<TestMailServer> => {
  const mails: TestMail[] = []
  const refused = new Set<string>()
  const server = new SMTPServer({
    // It speaks in clear, as behind a relay on the same machine.
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (given, _session, callback) =>
      given.username === user && given.password === password
        ? callback(null, { user })
        : callback(Object.assign(new Error('Who is that?'), { responseCode: 535 })),
    onRcptTo: ({ address }, _session, callback) =>
      refused.has(address) ? callback(Object.assign(new Error('There is no such mailbox.'), { responseCode: 550 })) : callback(),
    onData: (stream, { envelope: { mailFrom, rcptTo } }, callback) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('error', callback)
      stream.on('end', () => {
        const source = Buffer.concat(parts).toString()
        mails.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), source })
        callback(null, 'Taken.')
      })
    },
  })
  // A client that gives up is no fault of the server.
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://${user}:${password}@127.0.0.1:${port}`,
    port,
    mails,
    refuse: (address) => void refused.add(address),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
      }),
  }
}
