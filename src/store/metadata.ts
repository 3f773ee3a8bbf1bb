import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { PlatformError, systemErrorCode, writeFileAtomic } from '../base/index.ts'

/** What lies beside the files of a base or clone and says what they are. */
export const METADATA_FILE = '.slipway.json'

const metadataSchema = z.object({
  version: z.literal(1),
  /** Base a clone descends from. */
  base: z.string().optional(),
  /** Names of the files, in the order they were committed. */
  files: z.array(z.string()),
})

export type Metadata = Omit<z.output<typeof metadataSchema>, 'version'>

export async function writeMetadata(folder: string, metadata: Metadata): Promise<void> {
  const content = `${JSON.stringify({ version: 1, ...metadata })}\n`
  await writeFileAtomic(path.join(folder, METADATA_FILE), content, { mode: 0o444 })
}

/**
 * @returns undefined when there is no such base or clone
 * @throws PlatformError INTERNAL when its metadata cannot be understood
 */
export async function readMetadata(folder: string): Promise<Metadata | undefined> {
  const file = path.join(folder, METADATA_FILE)
  try {
    return metadataSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined
    throw new PlatformError('INTERNAL', `read ${file}: not the metadata of a store`, {
      cause: error,
    })
  }
}
