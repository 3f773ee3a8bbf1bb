import { mkdtemp, realpath, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

export interface ScratchFolder extends AsyncDisposable {
  readonly path: string
}

/** A new folder that is removed with everything in it at the end of the `await using` block. */
export async function createScratchFolder(): Promise<ScratchFolder> {
  const folder = await mkdtemp(path.join(await realpath(os.tmpdir()), 'slipway-test-'))
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
