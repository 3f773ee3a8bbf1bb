import { PlatformError } from '../base/index.ts'
import type { CatalogDatabase } from './database.ts'
import { findByReference } from './reference.ts'
import { isTaken, number, type Row, text, word } from './row.ts'

export const IMAGE_STATUSES = ['importing', 'ready', 'removing'] as const
export type ImageStatus = (typeof IMAGE_STATUSES)[number]

/** An image: a database published once, from which clones are made. */
export interface ImageRecord {
  readonly id: string
  readonly name: string
  readonly status: ImageStatus
  readonly createdAt: string
  readonly databaseName: string
  readonly sqlServerVersion: string
  readonly internalVersion: number
  readonly compatibilityLevel: number
  readonly collation: string
  readonly files: readonly ImageFileRecord[]
  /** Which set of the backup it is restored from; undefined for an image of database files. */
  readonly backupPosition?: number
}

export interface ImageFileRecord {
  readonly fileId: number
  readonly kind: 'data' | 'log'
  readonly logicalName: string
  /** Plain file name inside the store. */
  readonly name: string
  /** Where the import reads it from: the file itself, or the backup that holds it. */
  readonly sourcePath: string
  readonly sizeBytes: number
}

export interface ImageTableRecord {
  readonly schema: string
  readonly name: string
  readonly rowCount: number
}

/** Images with their files and the tables of their database. */
export class ImageTable {
  readonly #database: CatalogDatabase

  constructor(database: CatalogDatabase) {
    this.#database = database
  }

  /** @throws PlatformError IMAGE_NAME_IN_USE */
  insert(image: ImageRecord): void {
    this.#database.transaction(() => {
      try {
        this.#database
          .prepare('INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
          .run(
            image.id,
            image.name,
            image.status,
            image.createdAt,
            image.databaseName,
            image.sqlServerVersion,
            image.internalVersion,
            image.compatibilityLevel,
            image.collation,
            image.backupPosition ?? null,
          )
      } catch (error) {
        if (!isTaken(error, 'images.name')) throw error
        throw new PlatformError('IMAGE_NAME_IN_USE', `an image named ${image.name} exists`)
      }
      this.#insertFiles(image)
    })
  }

  /** Replaces the tables that are known of the image's database. */
  setTables(id: string, tables: readonly ImageTableRecord[]): void {
    this.#database.transaction(() => {
      this.#database.prepare('DELETE FROM image_tables WHERE image_id = ?').run(id)
      const insert = this.#database.prepare('INSERT INTO image_tables VALUES (?, ?, ?, ?, ?)')
      for (const [ordinal, table] of tables.entries()) {
        insert.run(id, ordinal, table.schema, table.name, table.rowCount)
      }
    })
  }

  setStatus(id: string, status: ImageStatus): void {
    this.#database.prepare('UPDATE images SET status = ? WHERE id = ?').run(status, id)
  }

  delete(id: string): void {
    this.#database.prepare('DELETE FROM images WHERE id = ?').run(id)
  }

  find(id: string): ImageRecord | undefined {
    const row = this.#database.prepare('SELECT * FROM images WHERE id = ?').get(id)
    return row === undefined ? undefined : this.#record(row)
  }

  /** @throws PlatformError IMAGE_NOT_FOUND, INVALID_ARGUMENT (an ambiguous prefix) */
  resolve(reference: string): ImageRecord {
    const row = findByReference(this.#database, { table: 'images', reference })
    if (row === undefined) throw new PlatformError('IMAGE_NOT_FOUND', `no image ${reference}`)
    return this.#record(row)
  }

  list(): ImageRecord[] {
    const rows = this.#database.prepare('SELECT * FROM images ORDER BY created_at, name').all()
    return rows.map((row) => this.#record(row))
  }

  tables(id: string): ImageTableRecord[] {
    return this.#database
      .prepare('SELECT * FROM image_tables WHERE image_id = ? ORDER BY ordinal')
      .all(id)
      .map((row) => ({
        schema: text(row, 'schema_name'),
        name: text(row, 'name'),
        rowCount: number(row, 'row_count'),
      }))
  }

  #insertFiles(image: ImageRecord): void {
    const insert = this.#database.prepare('INSERT INTO image_files VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
    for (const [ordinal, file] of image.files.entries()) {
      const { fileId, kind, logicalName, name, sourcePath, sizeBytes } = file
      insert.run(image.id, ordinal, fileId, kind, logicalName, name, sourcePath, sizeBytes)
    }
  }

  #record(row: Row): ImageRecord {
    const id = text(row, 'id')
    const backupPosition =
      row['backup_position'] === null ? undefined : number(row, 'backup_position')
    const files = this.#database
      .prepare('SELECT * FROM image_files WHERE image_id = ? ORDER BY ordinal')
      .all(id)
    return {
      id,
      name: text(row, 'name'),
      status: word(row, 'status', IMAGE_STATUSES),
      createdAt: text(row, 'created_at'),
      databaseName: text(row, 'database_name'),
      sqlServerVersion: text(row, 'sql_server_version'),
      internalVersion: number(row, 'internal_version'),
      compatibilityLevel: number(row, 'compatibility_level'),
      collation: text(row, 'collation'),
      files: files.map(fileRecord),
      ...(backupPosition !== undefined && { backupPosition }),
    }
  }
}

function fileRecord(row: Row): ImageFileRecord {
  return {
    fileId: number(row, 'file_id'),
    kind: word(row, 'kind', ['data', 'log']),
    logicalName: text(row, 'logical_name'),
    name: text(row, 'name'),
    sourcePath: text(row, 'source_path'),
    sizeBytes: number(row, 'size_bytes'),
  }
}
