import { PlatformError } from '../../../base/index.ts'
import type { CatalogColumn, CatalogIndex, CatalogObject } from '../../catalog/catalog-entries.ts'
import { type IndexColumns, indexKey, readIndexColumns } from '../../catalog/index-columns.ts'
import { type Rowset, SYSTEM_TABLES } from '../../catalog/storage-rows.ts'
import type { ProblemObject } from '../problem.ts'
import type { VerifyContext } from '../verify-context.ts'
import type { StructureReport } from './structure-report.ts'

/** What can be read of the catalog; what can't be is told once, and checks go on without it. */
export class CatalogView {
  readonly #context: VerifyContext
  readonly #report: StructureReport
  readonly #failures = new Set<string>()
  readonly #schemas: ReadonlyMap<number, string>
  readonly #objects: ReadonlyMap<number, CatalogObject>
  readonly #indexColumns: ReadonlyMap<string, IndexColumns>

  constructor(context: VerifyContext, report: StructureReport) {
    this.#context = context
    this.#report = report
    const { catalog } = context.reader
    const schemas = this.#read('the schemas', () => catalog.schemas, [])
    this.#schemas = new Map(schemas.map(({ schemaId, name }) => [schemaId, name]))
    const objects = this.#read('the objects', () => catalog.objects, [])
    this.#objects = new Map(objects.map((object) => [object.objectId, object]))
    this.#indexColumns = this.#read(
      'the columns of indexes',
      () => readIndexColumns(context.storage.systemRows(SYSTEM_TABLES.sysiscols)),
      new Map(),
    )
  }

  /** User tables. */
  get tableIds(): number[] {
    return [...this.#objects.values()]
      .filter(({ type }) => type === 'U')
      .map(({ objectId }) => objectId)
  }

  nameOf({ objectId, indexId }: Pick<Rowset, 'objectId' | 'indexId'>): ProblemObject {
    const object = this.#objects.get(objectId)
    const index = this.indexes(objectId).find((candidate) => candidate.indexId === indexId)
    const schema = this.#schemas.get(object?.schemaId ?? 0) ?? '?'
    return {
      objectId,
      name: object === undefined ? `object ${objectId}` : `${schema}.${object.name}`,
      indexId,
      indexName: indexId === 0 ? undefined : (index?.name ?? `index ${indexId}`),
    }
  }

  indexes(objectId: number): readonly CatalogIndex[] {
    return this.#read('the indexes', () => this.#context.reader.catalog.indexes(objectId), [])
  }

  columns(objectId: number): readonly CatalogColumn[] {
    return this.#read('the columns', () => this.#context.reader.catalog.columns(objectId), [])
  }

  /** The filter of an index; '' when there is none. */
  filterText(objectId: number, indexId: number): string {
    const { catalog } = this.#context.reader
    return this.#read('the filters', () => catalog.filterText(objectId, indexId) ?? '', '')
  }

  /** Table columns of an index by their number in it. */
  indexColumns(objectId: number, indexId: number): IndexColumns | undefined {
    return this.#indexColumns.get(indexKey(objectId, indexId))
  }

  #read<Value>(what: string, read: () => Value, otherwise: Value): Value {
    if (this.#failures.has(what)) return otherwise
    try {
      return read()
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error
      this.#failures.add(what)
      this.#report.find({
        kind: 'catalog',
        message: `${what} cannot be read: ${error.message}`,
        consequence: 'what the catalog says of tables is incomplete, and so are these checks',
      })
      return otherwise
    }
  }
}
