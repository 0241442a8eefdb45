/** The requests of an SFTP session, answered out of a folder of this machine; nothing can be written. */

import { EventEmitter } from 'node:events'
import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readSync, realpathSync, type Stats, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2'

const { STATUS_CODE } = ssh2.utils.sftp

export type ServedFolder = {
  folder: string
  /** Paths that nobody may read. */
  forbidden: ReadonlySet<string>
  /** Bytes of one answer at most. */
  longestRead: number
  open: OpenHandles
}

type Handle = { file: number } | { entries: string[]; path: string }

/** What clients have open, of all sessions; tells when something was closed. */
export class OpenHandles extends EventEmitter<{ close: [] }> {
  readonly #handles = new Map<number, Handle>()
  #last = 0
  /** Of files, that were sent so far. */
  bytesSent = 0

  get size(): number {
    return this.#handles.size
  }

  add(handle: Handle): number {
    this.#last += 1
    this.#handles.set(this.#last, handle)
    return this.#last
  }

  get(id: number): Handle | undefined {
    return this.#handles.get(id)
  }

  close(id: number): void {
    const handle = this.#handles.get(id)
    if (handle === undefined) return
    if ('file' in handle) closeSync(handle.file)
    this.#handles.delete(id)
    this.emit('close')
  }
}

export const serveFolder = (sftp: SFTPWrapper, { folder, forbidden, longestRead, open }: ServedFolder): void => {
  const own = new Set<number>()
  const buffer = Buffer.allocUnsafe(1 << 18)
  const real = (path: string): string => join(folder, posix.resolve('/', path))
  const checked = (path: string): string => {
    if (forbidden.has(posix.resolve('/', path))) throw Object.assign(new Error('forbidden'), { code: 'EACCES' })
    return real(path)
  }
  const opened = (handle: Handle): Buffer => {
    const id = open.add(handle)
    own.add(id)
    const name = Buffer.alloc(4)
    name.writeUInt32BE(id)
    return name
  }
  const handleOf = (name: Buffer): Handle | undefined => open.get(name.readUInt32BE())
  const attempt = (request: number, work: () => void): void => {
    try {
      work()
    } catch (error) {
      sftp.status(request, statusOf(error))
    }
  }

  sftp.on('OPEN', (request, path, flags) =>
    attempt(request, () => {
      if (ssh2.utils.sftp.flagsToString(flags) !== 'r') return sftp.status(request, STATUS_CODE.PERMISSION_DENIED)
      sftp.handle(request, opened({ file: openSync(checked(path), 'r') }))
    }),
  )
  sftp.on('READ', (request, name, offset, length) =>
    attempt(request, () => {
      const handle = handleOf(name)
      if (handle === undefined || !('file' in handle)) return sftp.status(request, STATUS_CODE.FAILURE)
      const read = readSync(handle.file, buffer, 0, Math.min(length, longestRead, buffer.length), offset)
      open.bytesSent += read
      if (read === 0) sftp.status(request, STATUS_CODE.EOF)
      else sftp.data(request, buffer.subarray(0, read))
    }),
  )
  sftp.on('FSTAT', (request, name) =>
    attempt(request, () => {
      const handle = handleOf(name)
      if (handle === undefined || !('file' in handle)) return sftp.status(request, STATUS_CODE.FAILURE)
      sftp.attrs(request, attributesOf(fstatSync(handle.file)))
    }),
  )
  sftp.on('STAT', (request, path) => attempt(request, () => sftp.attrs(request, attributesOf(statSync(real(path))))))
  sftp.on('LSTAT', (request, path) => attempt(request, () => sftp.attrs(request, attributesOf(lstatSync(real(path))))))
  sftp.on('REALPATH', (request, path) =>
    attempt(request, () => {
      const found = realpathSync(real(path))
      const root = realpathSync(folder)
      const filename = found === root ? '/' : found.startsWith(`${root}/`) ? found.slice(root.length) : found
      sftp.name(request, [{ filename, longname: '', attrs: {} as Attributes }])
    }),
  )
  sftp.on('OPENDIR', (request, path) =>
    attempt(request, () => sftp.handle(request, opened({ entries: readdirSync(checked(path)), path: real(path) }))),
  )
  sftp.on('READDIR', (request, name) =>
    attempt(request, () => {
      const handle = handleOf(name)
      if (handle === undefined || !('entries' in handle)) return sftp.status(request, STATUS_CODE.FAILURE)
      const batch = handle.entries.splice(0, 100)
      if (batch.length === 0) return sftp.status(request, STATUS_CODE.EOF)
      sftp.name(
        request,
        batch.map((filename) => ({ filename, longname: filename, attrs: attributesOf(lstatSync(join(handle.path, filename))) })),
      )
    }),
  )
  sftp.on('CLOSE', (request, name) => {
    open.close(name.readUInt32BE())
    own.delete(name.readUInt32BE())
    sftp.status(request, STATUS_CODE.OK)
  })
  sftp.on('end', () => {
    for (const id of own) open.close(id)
  })
}

const attributesOf = ({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): Attributes => ({
  mode,
  uid,
  gid,
  size,
  atime: Math.floor(atimeMs / 1_000),
  mtime: Math.floor(mtimeMs / 1_000),
})

const statusOf = (error: unknown): number => {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') return STATUS_CODE.NO_SUCH_FILE
  if (code === 'EACCES' || code === 'EPERM') return STATUS_CODE.PERMISSION_DENIED
  return STATUS_CODE.FAILURE
}
