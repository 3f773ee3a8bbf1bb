import { open } from 'node:fs/promises'
import { readExclusiveBytes } from '../../platform/index.ts'
import type { FileCloning } from '../folder-store.ts'
import { reflinkFile } from '../reflink-file.ts'

/** Clones share their base's blocks: a moment and almost no disk, whatever the size. */
export const reflinkCloning: FileCloning = {
  capabilities: Object.freeze({
    name: 'reflink',
    copyOnWrite: true,
    constantTime: true,
    exactUsage: true,
  }),
  cloneFile: reflinkFile,
  async readExclusiveBytes(file) {
    await using handle = await open(file, 'r')
    return await readExclusiveBytes(handle)
  },
}
