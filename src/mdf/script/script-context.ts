import type { Catalog } from '../catalog/catalog.ts'
import type { CatalogDetails } from '../catalog/catalog-details.ts'
import type { CatalogColumn, CatalogIndex, TextConstraint } from '../catalog/catalog-entries.ts'
import { groupBy, lazy } from '../catalog/group-by.ts'
import type { BootPage } from '../page/boot-page.ts'
import { quoteName } from './quote.ts'

/** The catalog that a script is made from; its members are all it takes. */
export type ScriptCatalog = Pick<Catalog, keyof Catalog>
export type ScriptDetails = Pick<CatalogDetails, keyof CatalogDetails>
export type ScriptBootPage = Pick<
  BootPage,
  'databaseName' | 'internalVersion' | 'compatibilityLevel' | 'collationId'
>

/** What a script is made from, and where it says what it could not make. */
export class ScriptContext {
  readonly catalog: ScriptCatalog
  readonly details: ScriptDetails
  readonly bootPage: ScriptBootPage
  readonly #schemas: ReadonlyMap<number, string>
  readonly #notes = new Set<string>()
  readonly #checks = lazy(() => groupBy(this.catalog.checkConstraints, parentOf))
  readonly #defaults = lazy(() => groupBy(this.catalog.defaultConstraints, parentOf))
  readonly #systemNamedKeys = lazy(
    () =>
      new Set(
        this.catalog.objects
          .filter(({ type, isSystemNamed }) => isSystemNamed && (type === 'PK' || type === 'UQ'))
          .map(({ parentObjectId, name }) => `${parentObjectId}:${name}`),
      ),
  )

  constructor(catalog: ScriptCatalog, details: ScriptDetails, bootPage: ScriptBootPage) {
    this.catalog = catalog
    this.details = details
    this.bootPage = bootPage
    this.#schemas = new Map(catalog.schemas.map(({ schemaId, name }) => [schemaId, name]))
  }

  /** What the script leaves out or changes, each said once, for its header. */
  get notes(): readonly string[] {
    return [...this.#notes]
  }

  note(text: string): void {
    this.#notes.add(text)
  }

  schemaName(schemaId: number): string {
    return this.#schemas.get(schemaId) ?? `schema ${schemaId}`
  }

  /** `[schema].[name]`. */
  qualified({ schemaId, name }: { readonly schemaId: number; readonly name: string }): string {
    return `${quoteName(this.schemaName(schemaId))}.${quoteName(name)}`
  }

  /** `[schema].[name]` of an object. */
  objectName(objectId: number): string {
    const object = this.catalog.objectById(objectId)
    return object === undefined ? quoteName(`object ${objectId}`) : this.qualified(object)
  }

  column(objectId: number, columnId: number): CatalogColumn | undefined {
    return this.catalog.columns(objectId).find((column) => column.columnId === columnId)
  }

  columnName(objectId: number, columnId: number): string {
    return quoteName(this.column(objectId, columnId)?.name ?? `column ${columnId}`)
  }

  /** Whether it is one of the columns that SQL Server gives a node or edge of a graph. */
  isOfGraph({ objectId, columnId }: CatalogColumn): boolean {
    return this.details.columnMarks(objectId, columnId).includes('graph')
  }

  /** The heap or clustered index, which says where a table's rows are. */
  storageOf(objectId: number): CatalogIndex | undefined {
    return this.catalog.indexes(objectId).find(({ indexId }) => indexId <= 1)
  }

  checksOf(objectId: number): readonly TextConstraint[] {
    return this.#checks().get(objectId) ?? []
  }

  defaultsOf(objectId: number): readonly TextConstraint[] {
    return this.#defaults().get(objectId) ?? []
  }

  /** Whether SQL Server made up the name of a PRIMARY KEY or UNIQUE constraint. */
  isSystemNamed({ objectId, name }: CatalogIndex): boolean {
    return this.#systemNamedKeys().has(`${objectId}:${name}`)
  }
}

function parentOf({ parentObjectId }: TextConstraint): number {
  return parentObjectId
}
