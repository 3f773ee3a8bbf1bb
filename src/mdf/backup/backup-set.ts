import path from 'node:path'
import { PlatformError } from '../../base/index.ts'
import {
  NEWEST_SUPPORTED_VERSION,
  OLDEST_SUPPORTED_VERSION,
  sqlServerVersionName,
} from '../page/sql-server-version.ts'
import type { PageSource } from '../page-file.ts'
import {
  type BackupDescription,
  type BackupFileEntry,
  readBackupDescription,
} from './backup-description.ts'
import { type BackupHeader, backupHeaderOf } from './backup-header.ts'
import { BackupPageSource } from './backup-page-source.ts'
import type { ByteFile } from './byte-file.ts'
import { type MappedFile, mapExtents } from './map-extents.ts'
import { damagedBackup } from './mtf-block.ts'
import { PageStream } from './page-stream.ts'
import type { MediaFamily, ScannedSet } from './scan-sets.ts'
import { type ChecksumObserver, verifyStreamChecksums } from './verify-stream-checksums.ts'

const FULL_BACKUP = 1

/** One of the backups in a backup file. */
export class BackupSet {
  /** From 1, as in RESTORE … WITH FILE. */
  readonly position: number
  /** Path of the backup file. */
  readonly path: string
  /** What RESTORE HEADERONLY shows. */
  readonly header: BackupHeader
  /** What RESTORE FILELISTONLY shows. */
  readonly files: readonly BackupFileEntry[]
  /** Why it can't be read to its end; undefined when it can. */
  readonly damage: string | undefined
  readonly scanned: ScannedSet
  readonly #file: ByteFile
  readonly #family: MediaFamily
  #mapped: { readonly stream: PageStream; readonly files: readonly MappedFile[] } | undefined

  constructor(
    file: ByteFile,
    { family, scanned, position }: { family: MediaFamily; scanned: ScannedSet; position: number },
  ) {
    const description = mergeDescriptions(scanned.descriptions)
    this.position = position
    this.path = file.path
    this.header = backupHeaderOf(scanned, position, description)
    this.files = description?.files ?? []
    this.damage = scanned.damage
    this.scanned = scanned
    this.#file = file
    this.#family = family
  }

  /** Whether it is a full backup of a whole database. */
  get isFull(): boolean {
    return this.header.backupType === FULL_BACKUP
  }

  /**
   * The data files as a restore would write them, their pages read from the backup as they are asked
   * for: nothing is written. They are as the backup found them, with changes under way perhaps only in
   * its log; `restoreBackup` tells. They end with the backup's `close`.
   * @throws PlatformError BACKUP_DAMAGED, UNSUPPORTED_BACKUP for anything but a full backup of SQL Server
   *   2005 or later that is neither compressed nor encrypted nor striped
   */
  dataFiles(): PageSource[] {
    const { stream, files } = this.#map()
    return files.map(({ header, extents }) => {
      const name = `${this.path} [${header.logicalName || path.win32.basename(this.path)}]`
      return new BackupPageSource(name, stream, extents)
    })
  }

  /**
   * Compares the streams of a backup made WITH CHECKSUM with their checksums, and answers how many there
   * were: 0 for a backup without. What does not fit is a problem.
   */
  async verifyChecksums(observer: ChecksumObserver, signal?: AbortSignal): Promise<number> {
    return await verifyStreamChecksums(this, observer, signal)
  }

  /** @throws PlatformError as `dataFiles` */
  mappedFiles(): readonly MappedFile[] {
    return this.#map().files
  }

  /**
   * Bytes of pages that a restore writes.
   * @throws PlatformError as `dataFiles`
   */
  get savedBytes(): number {
    return this.#map().files.reduce((sum, { extents }) => sum + extents.savedBytes, 0)
  }

  /** The backup file's bytes; it stays open until the backup is closed. */
  get file(): ByteFile {
    return this.#file
  }

  #map() {
    if (this.#mapped !== undefined) return this.#mapped
    this.#refuseUnsupported()
    if (this.damage !== undefined) {
      throw damagedBackup(this.path, `backup set ${this.position} is damaged: ${this.damage}`)
    }
    const stream = new PageStream(this.#file, this.scanned.data)
    const files = mapExtents(stream)
    this.#refuseMissingFiles(files)
    this.#mapped = { stream, files }
    return this.#mapped
  }

  #refuseUnsupported(): void {
    const { header } = this
    const { count, number } = this.#family
    if (count > 1) {
      throw this.#unsupported(
        'striped',
        `is part ${number} of a backup that is striped over ${count} files`,
      )
    }
    if (header.backupType === undefined) {
      if (this.damage !== undefined) return
      throw damagedBackup(this.path, `backup set ${this.position} does not say what it is`)
    }
    if (!this.isFull) {
      const what = `${header.backupTypeDescription ?? 'other'} backup`.toLowerCase()
      throw this.#unsupported('type', `has a ${what} as set ${this.position}, not a full one`)
    }
    const version = header.databaseVersion ?? 0
    if (version < OLDEST_SUPPORTED_VERSION || version > NEWEST_SUPPORTED_VERSION) {
      throw this.#unsupported('version', `is of ${sqlServerVersionName(version)}`)
    }
    const streams = this.scanned.data.flatMap((block) => block.streams)
    if (streams.some(({ isEncrypted }) => isEncrypted)) {
      throw this.#unsupported('encrypted', 'is encrypted')
    }
    if (streams.some(({ isCompressed }) => isCompressed)) {
      throw this.#unsupported('compressed', 'is compressed')
    }
  }

  #unsupported(reason: string, what: string): PlatformError {
    return new PlatformError('UNSUPPORTED_BACKUP', `${this.path} ${what}`, {
      details: { path: this.path, position: this.position, reason },
    })
  }

  /** A backup of some files or filegroups lists the others without pages. */
  #refuseMissingFiles(found: readonly MappedFile[]): void {
    if (found.length === 0) {
      throw damagedBackup(this.path, `backup set ${this.position} holds no pages`)
    }
    const missing = this.files.filter(
      ({ type, fileId }) => type === 'D' && !found.some(({ header }) => header.fileId === fileId),
    )
    if (missing.length === 0) return
    const names = missing.map(({ logicalName }) => logicalName).join(', ')
    throw this.#unsupported('partial', `does not hold all files of the database: ${names} missing`)
  }
}

/** The last description has final values, but counts only the pages saved last for each file. */
function mergeDescriptions(streams: readonly Buffer[]): BackupDescription | undefined {
  const read = streams.map(readBackupDescription).filter((each) => each !== undefined)
  const last = read.at(-1)
  if (last === undefined) return undefined
  return { set: last.set, files: last.files.map((file) => withMostPages(file, read)) }
}

function withMostPages(
  file: BackupFileEntry,
  descriptions: readonly BackupDescription[],
): BackupFileEntry {
  let { backupSizeInBytes } = file
  for (const { files } of descriptions) {
    const same = files.find(({ fileId }) => fileId === file.fileId)
    if (same !== undefined && same.backupSizeInBytes > backupSizeInBytes) {
      backupSizeInBytes = same.backupSizeInBytes
    }
  }
  return { ...file, backupSizeInBytes }
}
