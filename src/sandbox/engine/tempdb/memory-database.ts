import type { Principal, Schema, SqlValue } from '../../../mdf/index.ts'
import type {
  DatabaseContent,
  DatabaseSettings,
  ListedSequence,
  ListedTableType,
} from '../databases/database-content.ts'
import { MemoryCatalog } from './memory-catalog.ts'

/** SQL Server's own databases count from here. */
const FIRST_ROW_VERSION = 2000n
const ROW_VERSION_BYTES = 8

/** A database that lives as long as the process: tempdb, and the other system databases. */
export class MemoryDatabase implements DatabaseContent {
  readonly name: string
  readonly settings: DatabaseSettings
  readonly files = []
  readonly catalog: MemoryCatalog
  #rowVersion = FIRST_ROW_VERSION

  constructor(options: {
    readonly name: string
    readonly settings: DatabaseSettings
    readonly schemas: readonly Schema[]
    readonly principals: readonly Principal[]
  }) {
    this.name = options.name
    this.settings = options.settings
    this.catalog = new MemoryCatalog(options.schemas, options.principals)
  }

  *scanTable(objectId: number, columnIds: readonly number[]): Generator<SqlValue[]> {
    const columns = this.catalog.columns(objectId)
    const ordinals = columnIds.map((id) => columns.findIndex(({ columnId }) => columnId === id))
    for (const { values } of this.catalog.tables.get(objectId)?.scan() ?? []) {
      yield ordinals.map((ordinal) => values[ordinal] ?? null)
    }
  }

  storedColumnIds(objectId: number): readonly number[] {
    return this.catalog
      .columns(objectId)
      .filter((column) => this.catalog.isStored(column))
      .map(({ columnId }) => columnId)
  }

  get sequences(): readonly ListedSequence[] {
    return Array.from(this.catalog.sequences.entries, ([objectId, sequence]) => {
      const { currentValue, isExhausted, definition } = sequence
      return { objectId, ...definition, currentValue, isExhausted }
    })
  }

  get tableTypes(): readonly ListedTableType[] {
    return this.catalog.tableTypes.values
  }

  synonymTarget(objectId: number): string | undefined {
    return this.catalog.synonymTargets.get(objectId)
  }

  /** @@DBTS: the value given last. */
  get lastRowVersion(): Uint8Array {
    return rowVersionBytes(this.#rowVersion)
  }

  nextRowVersion(): Uint8Array {
    this.#rowVersion += 1n
    return rowVersionBytes(this.#rowVersion)
  }

  async close(): Promise<void> {}
}

function rowVersionBytes(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(ROW_VERSION_BYTES)
  bytes.writeBigUInt64BE(value)
  return new Uint8Array(bytes)
}
