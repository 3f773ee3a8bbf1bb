import { type PlatformError, toPlatformError } from '../../base/index.ts'
import {
  DatabaseReader,
  type FileHeader,
  PageFile,
  readHeaderOf,
  refuseOtherFormats,
  refuseRepeatedPaths,
  refuseStrangers,
} from '../../mdf/index.ts'

/** A file that was named on the command line. */
export interface GivenFile {
  readonly source: PageFile
  readonly header: FileHeader
}

export interface OpenedFiles {
  readonly files: readonly GivenFile[]
  /** Undefined when no primary file is among them, or when its boot page can't be read. */
  readonly reader: DatabaseReader | undefined
  /** Why there is no reader although there is a primary file. */
  readonly failure: PlatformError | undefined
  close(): void
}

/**
 * Opens database files to look at them. Unlike an import it takes what it gets: any of the files alone,
 * not shut down cleanly, of the wrong length.
 * @throws PlatformError FILE_NOT_FOUND, NOT_A_DATABASE_FILE, FILE_DAMAGED, INVALID_ARGUMENT
 */
export function openFiles(paths: readonly string[]): OpenedFiles {
  const opened: PageFile[] = []
  const close = () => {
    for (const file of opened) file.close()
  }
  try {
    for (const path of paths) opened.push(PageFile.open(path))
    refuseRepeatedPaths(paths)
    const files = opened.map((source) => {
      refuseOtherFormats(source)
      return { source, header: readHeaderOf(source) }
    })
    const [first] = files
    if (first !== undefined) refuseStrangers(first, files)
    return { files, ...openReader(files), close }
  } catch (error) {
    close()
    throw error
  }
}

function openReader(files: readonly GivenFile[]): Pick<OpenedFiles, 'reader' | 'failure'> {
  if (!files.some(({ header }) => header.kind === 'primary')) {
    return { reader: undefined, failure: undefined }
  }
  try {
    const reader = DatabaseReader.open(files.map(({ source }) => source))
    return { reader, failure: undefined }
  } catch (error) {
    return { reader: undefined, failure: toPlatformError(error) }
  }
}
