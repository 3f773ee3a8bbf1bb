import type { BackupSet } from './backup-set.ts'

const SEPARATOR = /[\\/]/
/** Long enough for every real name, short enough for every file system with our endings. */
const LONGEST_NAME = 120
const ENDINGS = { first: 'mdf', data: 'ndf', log: 'ldf' } as const

/**
 * Plain file names for the files of a set, by file id: those they had on the server, different from one
 * another also where case does not count.
 */
export function restoreFileNames(set: BackupSet): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  const taken = new Set<string>()
  for (const { fileId, physicalName, type } of set.files) {
    const own = plainName(physicalName.split(SEPARATOR).at(-1) ?? '')
    const ending = type === 'L' ? ENDINGS.log : fileId === 1 ? ENDINGS.first : ENDINGS.data
    const candidate = own === '' ? `file${fileId}.${ending}` : own
    const name = taken.has(candidate.toLowerCase()) ? `${fileId}-${candidate}` : candidate
    taken.add(name.toLowerCase())
    names.set(fileId, name)
  }
  return names
}

/** '' for what is no name of a file: it comes from a file that anybody may have made. */
function plainName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a name must not have
  const isPlain = !/[\u0000-\u001f<>:"|?*]/.test(name) && !/^\.*$/.test(name) && !/[ .]$/.test(name)
  return isPlain && name.length <= LONGEST_NAME ? name : ''
}
