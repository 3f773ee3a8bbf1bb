/** The calls of libc that Node does not offer. @see https://man7.org/linux/man-pages/ */
export interface Libc {
  /** Result, or -1 with the reason in `errno()`. */
  readonly ioctl: (fd: number, request: number, argument: Uint8Array) => number
  /** New offset (a bigint where it is not a safe number), or -1 with the reason in `errno()`. */
  readonly lseek: (fd: number, offset: number, whence: number) => number | bigint
  readonly errno: () => number
}

let bound: Promise<Libc> | undefined

/** Binds on first use: koffi is native code that most processes importing this room never need. */
export function loadLibc(): Promise<Libc> {
  bound ??= bind()
  return bound
}

async function bind(): Promise<Libc> {
  const { default: koffi } = await import('koffi')
  // The process itself: node is linked with whichever libc (glibc, musl) the machine has.
  const self = koffi.load(null)
  return {
    ioctl: self.func('int ioctl(int fd, unsigned long request, void *argument)'),
    lseek: self.func('int64_t lseek(int fd, int64_t offset, int whence)'),
    errno: () => koffi.errno(),
  }
}
