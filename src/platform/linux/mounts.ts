import { readFile } from 'node:fs/promises'

/** One line of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export interface Mount {
  readonly mountPoint: string
  readonly fileSystem: string
  /** The device, as the mount call named it: `/dev/loop0`. */
  readonly source: string
  /** Options of the file system itself: `rw`, `memory`. */
  readonly options: readonly string[]
}

/** Every mount this process sees, later ones over earlier ones. */
export async function readMounts(): Promise<readonly Mount[]> {
  return parseMounts(await readFile('/proc/self/mountinfo', 'utf8'))
}

/** Type (`ext4`) of the file system that holds an absolute path. */
export async function findFileSystem(file: string): Promise<string> {
  const holding = (await readMounts()).filter(({ mountPoint }) =>
    `${file}/`.startsWith(mountPoint === '/' ? '/' : `${mountPoint}/`),
  )
  const longest = Math.max(...holding.map((mount) => mount.mountPoint.length))
  const mount = holding.findLast((each) => each.mountPoint.length === longest)
  return mount?.fileSystem ?? 'unknown'
}

/** Parses mountinfo: ids, device, root, mount point, options, optional fields, `-`, type, source. */
export function parseMounts(text: string): readonly Mount[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [before = '', after = ''] = line.split(' - ')
      const [fileSystem = '', source = '', options = ''] = after.split(' ')
      return {
        mountPoint: unescapeOctal(before.split(' ')[4] ?? ''),
        fileSystem,
        source: unescapeOctal(source),
        options: options.split(','),
      }
    })
}

/** Space, tab, newline and backslash are written as `\040` and the like. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  )
}
