import { stat } from 'node:fs/promises'
import { copyFileSparse } from '../copy-file.ts'
import type { FileCloning } from '../folder-store.ts'

const BYTES_PER_STAT_BLOCK = 512

/** Every clone is a full copy; works on any file system. */
export const copyCloning: FileCloning = {
  capabilities: Object.freeze({
    name: 'copy',
    copyOnWrite: false,
    constantTime: false,
    exactUsage: true,
  }),
  cloneFile: copyFileSparse,
  async readExclusiveBytes(file) {
    return (await stat(file)).blocks * BYTES_PER_STAT_BLOCK
  },
}
