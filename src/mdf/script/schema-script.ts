import type { CatalogObject } from '../catalog/catalog-entries.ts'
import { checkConstraint, foreignKey } from './constraints.ts'
import { Dependencies } from './dependencies.ts'
import { extendedProperties } from './extended-properties.ts'
import { disabledIndexes, indexes } from './indexes.ts'
import { changeSettings, type ModuleSettings, module, PLAIN_SETTINGS } from './modules.ts'
import { partitions } from './partitions.ts'
import { permissions } from './permissions.ts'
import { owners, principals, roleMembers, schemas } from './principals.ts'
import { quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'
import { historyLink, table } from './tables.ts'
import { aliasTypes, boundToColumns, boundToTypes, tableTypes } from './types.ts'

/** What indexed views, computed columns and their indexes ask of the session. */
const SESSION_SETTINGS = [
  'SET ANSI_NULLS, QUOTED_IDENTIFIER, ANSI_PADDING, ANSI_WARNINGS, ARITHABORT, CONCAT_NULL_YIELDS_NULL ON',
  'SET NUMERIC_ROUNDABORT OFF',
].join('\n')

/**
 * The order of the script: principals and schemas, types, tables with the functions they call, indexes,
 * constraints, then views, functions and procedures, each after what it needs, and triggers; permissions
 * and properties when everything is there; database triggers at last, so that none of it sets them off.
 */
export class SchemaScript {
  readonly #context: ScriptContext
  readonly #dependencies: Dependencies
  /** Object ids. */
  readonly #made = new Set<number>()
  readonly #settings: ModuleSettings = { ...PLAIN_SETTINGS }
  readonly #tables: readonly CatalogObject[]

  constructor(context: ScriptContext) {
    this.#context = context
    this.#dependencies = new Dependencies(context)
    this.#tables = this.#ofTypes('U')
  }

  *batches(): Generator<string> {
    const context = this.#context
    yield SESSION_SETTINGS
    yield* principals(context)
    yield* schemas(context)
    yield* aliasTypes(context)
    yield* this.#modules(this.#boundObjects())
    yield* this.#plain(boundToTypes(context))
    yield* this.#sequences()
    yield* partitions(context)
    yield* tableTypes(context)
    yield* this.#make(this.#tables)
    yield* this.#tableParts()
    yield* this.#make(this.#ofTypes('SN', 'V', 'FN', 'IF', 'TF'))
    yield* this.#plain(this.#indexes(this.#ofTypes('V')))
    yield* this.#modules(this.#ofTypes('P'))
    yield* this.#triggers((parentId) => parentId !== 0)
    yield* this.#plain(this.#lastStatements())
    yield* this.#triggers((parentId) => parentId === 0)
  }

  /** Rules, and defaults that are no constraint. */
  #boundObjects(): CatalogObject[] {
    return this.#ofTypes('D', 'R').filter(({ parentObjectId }) => parentObjectId === 0)
  }

  /** Where a sequence's numbers are kept is not known; without it, what takes them would not run. */
  *#sequences(): Generator<string> {
    for (const object of this.#ofTypes('SO')) {
      const name = this.#context.qualified(object)
      this.#context.note(`the type, start, increment and bounds of the sequence ${name}`)
      yield `CREATE SEQUENCE ${name}`
    }
  }

  *#make(objects: readonly CatalogObject[]): Generator<string> {
    for (const object of this.#dependencies.inOrder(objects, this.#made)) {
      if (object.type === 'U') yield* this.#plain(this.#table(object))
      else if (object.type === 'SN') yield* this.#plain(this.#synonym(object))
      else yield* module(this.#context, object, this.#settings)
    }
  }

  *#table(object: CatalogObject): Generator<string> {
    yield* table(this.#context, object)
    yield* boundToColumns(this.#context, object.objectId)
  }

  *#synonym(object: CatalogObject): Generator<string> {
    const target = this.#context.details.synonymTarget(object.objectId)
    const name = this.#context.qualified(object)
    if (target === undefined) this.#context.note(`the synonym ${name}: its target was not found`)
    else yield `CREATE SYNONYM ${name} FOR ${target}`
  }

  /** What needs its table, or all of them. */
  *#tableParts(): Generator<string> {
    yield* this.#plain(this.#indexes(this.#tables))
    for (const { objectId, schemaId } of this.#tables) {
      for (const check of this.#context.checksOf(objectId)) {
        yield* this.#make(this.#dependencies.calledBy(check.text, schemaId))
        yield* this.#plain(checkConstraint(this.#context, check))
      }
    }
    for (const key of this.#context.catalog.foreignKeys) {
      yield* this.#plain(foreignKey(this.#context, key))
    }
    for (const { objectId } of this.#tables)
      yield* this.#plain(historyLink(this.#context, objectId))
  }

  *#indexes(objects: readonly CatalogObject[]): Generator<string> {
    for (const { objectId } of objects) yield* indexes(this.#context, objectId)
  }

  *#triggers(isWanted: (parentId: number) => boolean): Generator<string> {
    const triggers = this.#ofTypes('TR').filter(({ parentObjectId }) => isWanted(parentObjectId))
    yield* this.#modules(triggers)
    for (const trigger of triggers) {
      if (trigger.isDisabled) yield* this.#plain([this.#disableTrigger(trigger)])
    }
  }

  #disableTrigger(trigger: CatalogObject): string {
    const { parentObjectId, name } = trigger
    return parentObjectId === 0
      ? `DISABLE TRIGGER ${quoteName(name)} ON DATABASE`
      : `DISABLE TRIGGER ${this.#context.qualified(trigger)} ON ${this.#context.objectName(parentObjectId)}`
  }

  *#lastStatements(): Generator<string> {
    const context = this.#context
    for (const { objectId } of this.#ofTypes('U', 'V')) yield* disabledIndexes(context, objectId)
    yield* roleMembers(context)
    yield* owners(context)
    yield* permissions(context)
    yield* extendedProperties(context)
  }

  *#modules(objects: readonly CatalogObject[]): Generator<string> {
    for (const object of objects) yield* module(this.#context, object, this.#settings)
  }

  /** Statements with the settings that tables and indexes need. */
  *#plain(statements: Iterable<string>): Generator<string> {
    for (const statement of statements) {
      yield* changeSettings(this.#settings, PLAIN_SETTINGS)
      yield statement
    }
  }

  #ofTypes(...types: readonly string[]): CatalogObject[] {
    return this.#context.catalog.objects.filter(({ type }) => types.includes(type))
  }
}
