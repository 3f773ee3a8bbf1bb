import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  Backup,
  type CatalogColumn,
  collationName,
  DatabaseReader,
  PageFile,
  scriptDatabase,
} from '../../../../src/mdf/index.ts'
import { SqlError } from '../../../../src/sandbox/sql-error.ts'
import {
  parseBatch,
  parseExpression,
  parseViewBody,
  splitBatches,
} from '../../../../src/sandbox/tsql/syntax/index.ts'
import { corpusFile, skipWithoutCorpus } from '../../../support/corpus.ts'
import { type ParsedColumn, parseCreateTable } from './parse-create-table.ts'

const DATABASES = [
  'northwnd.mdf',
  'pubs.mdf',
  'AdventureWorksLT2012_Data.mdf',
  'MvcMusicStore.mdf',
  'School.mdf',
  'School.bak',
  'RestoreTimeClean.bak',
]

/** A database from its data file, or from where a backup keeps it. */
function open(name: string): { reader: DatabaseReader; close: () => void } {
  if (!name.endsWith('.bak')) {
    const reader = DatabaseReader.open([PageFile.open(corpusFile(name))])
    return { reader, close: () => reader.close() }
  }
  const backup = Backup.open(corpusFile(name))
  const [set] = backup.sets
  assert.ok(set)
  return { reader: DatabaseReader.open(set.dataFiles()), close: () => backup.close() }
}

function withScript(
  name: string,
  test: (batches: readonly string[], reader: DatabaseReader) => void,
): void {
  const { reader, close } = open(name)
  try {
    test(Array.from(scriptDatabase(reader)), reader)
  } finally {
    close()
  }
}

const bare = (text: string) => text.replaceAll(/\s+/g, '')

/** What a batch makes: its kind, and its name without brackets. */
function made(batch: string): string[] {
  const text = batch.replaceAll(/--[^\n]*\n|\/\*.*?\*\//gs, ' ').trimStart()
  const create =
    /^create\s+(?<kind>table|type|view|proc(?:edure)?|function|trigger|schema)\s+(?<path>(?:[\w.]+|\[[^\]]+\]|"[^"]+"|\.)+)/i.exec(
      text,
    )
  if (create?.groups === undefined) return []
  const path = (create.groups['path'] ?? '').replaceAll(/[[\]"]/g, '')
  const name = path.includes('.') || create.groups['kind'] === 'SCHEMA' ? path : `dbo.${path}`
  return [name.toLowerCase()]
}

/** A statement and an option that the sandbox does not have. */
const REFUSED_BY_NAME = [40_510, 40_517]

describe('scriptDatabase', () => {
  for (const name of DATABASES) {
    const skip = skipWithoutCorpus(name)

    it(`makes every object of ${name} once`, { skip }, () => {
      withScript(name, (batches, { catalog }) => {
        const schemaOf = (schemaId: number) =>
          catalog.schemas.find((schema) => schema.schemaId === schemaId)?.name
        const wanted = catalog.objects
          .filter(({ type }) => ['U', 'V', 'P', 'FN', 'IF', 'TF', 'TR'].includes(type))
          .map((object) => `${schemaOf(object.schemaId)}.${object.name}`.toLowerCase())
        const aliases = catalog.userTypes.filter(({ userTypeId }) => userTypeId > 256)
        const types = aliases.map((type) => `${schemaOf(type.schemaId)}.${type.name}`.toLowerCase())
        const schemas = catalog.schemas
          .filter(({ schemaId }) => schemaId > 4 && schemaId < 16_384)
          .map((schema) => schema.name.toLowerCase())
        const expected = [...wanted, ...types, ...schemas].sort()
        assert.deepEqual(batches.flatMap(made).sort(), expected)
      })
    })

    it(`gives the tables of ${name} their columns and keys`, { skip }, () => {
      withScript(name, (batches, reader) => {
        const parsed = new Map(
          batches
            .flatMap((batch) => parseCreateTable(batch) ?? [])
            .map((table) => [table.name, table]),
        )
        for (const table of reader.catalog.objects.filter(({ type }) => type === 'U')) {
          const schema = reader.catalog.schemas.find(({ schemaId }) => schemaId === table.schemaId)
          const read = parsed.get(`[${schema?.name}].[${table.name}]`)
          assert.ok(read, table.name)
          assertColumns(read.columns, reader, table.objectId)
          assert.deepEqual(read.keys, keysOf(reader, table.objectId), table.name)
        }
      })
    })

    it(`adds every index, check and foreign key of ${name} once`, { skip }, () => {
      withScript(name, (batches, { catalog }) => {
        const count = (pattern: RegExp) => batches.filter((batch) => pattern.test(batch)).length
        const scripted = catalog.objects.filter(({ type }) => type === 'U' || type === 'V')
        const indexes = scripted.flatMap(({ objectId }) => catalog.indexes(objectId))
        const own = indexes.filter((index) => {
          return index.type !== 'HEAP' && !index.isPrimaryKey && !index.isUniqueConstraint
        })
        for (const { name: index } of own) {
          assert.ok(
            batches.some((batch) => batch.includes(` INDEX [${index}] ON `)),
            index,
          )
        }
        assert.equal(
          count(/^CREATE (?:UNIQUE )?(?:NON)?(?:CLUSTERED )?(?:PRIMARY XML )?INDEX /),
          own.length,
        )
        assert.equal(count(/^ALTER TABLE .* ADD .*FOREIGN KEY /), catalog.foreignKeys.length)
        const checks = catalog.checkConstraints
        assert.equal(count(/^ALTER TABLE .* ADD (?:CONSTRAINT \[[^\]]+\] )?CHECK /), checks.length)
        for (const { name: check, isSystemNamed, isNotTrusted, text, parentObjectId } of checks) {
          const table = `.[${catalog.objectById(parentObjectId)?.name}] `
          const statement = batches.find((batch) => {
            return batch.includes(table) && batch.endsWith(` CHECK ${text}`)
          })
          assert.ok(statement, check)
          assert.equal(statement.includes(` CONSTRAINT [${check}] `), !isSystemNamed)
          assert.equal(statement.includes(' WITH NOCHECK ADD '), isNotTrusted)
        }
      })
    })

    it(`makes nothing of ${name} before what it needs`, { skip }, () => {
      withScript(name, (batches, { catalog, details }) => {
        const NEEDED = ['U', 'V', 'FN', 'IF', 'TF']
        const order = batches.flatMap(made)
        const placeOf = (objectId: number) => {
          const object = catalog.objectById(objectId)
          const schema = catalog.schemas.find(({ schemaId }) => schemaId === object?.schemaId)
          return order.indexOf(`${schema?.name}.${object?.name}`.toLowerCase())
        }
        for (const object of catalog.objects.filter(({ type }) =>
          ['V', 'FN', 'IF', 'TF'].includes(type),
        )) {
          for (const used of details.uses(object.objectId)) {
            if (!NEEDED.includes(catalog.objectById(used)?.type ?? '')) continue
            assert.ok(placeOf(used) < placeOf(object.objectId), `${object.name} before ${used}`)
          }
        }
        const firstForeignKey = batches.findIndex((batch) => batch.includes('FOREIGN KEY'))
        const lastTable = batches.findLastIndex((batch) => batch.startsWith('CREATE TABLE'))
        assert.ok(firstForeignKey < 0 || firstForeignKey > lastTable)
      })
    })

    it(`is the same when ${name}’s script is read again as sqlcmd does`, { skip }, () => {
      withScript(name, (batches) => {
        const file = batches.map((batch) => `${batch}\nGO\n`).join('')
        const read = splitBatches(file).map(({ text }) => text.trimEnd())
        assert.deepEqual(read, [...batches])
      })
    })

    it(`is T-SQL that the sandbox reads: ${name}`, { skip }, () => {
      withScript(name, (batches) => {
        let quotedIdentifier = true
        for (const batch of batches) {
          assert.doesNotMatch(batch, /^\s*GO\s*$/im)
          assert.equal(batch, batch.trimEnd())
          const setting = /^SET QUOTED_IDENTIFIER (ON|OFF)$/m.exec(batch)
          if (setting !== null) quotedIdentifier = setting[1] === 'ON'
          const isRead = isReadBySandbox(batch, quotedIdentifier)
          if (isRead && quotedIdentifier && /^\s*create\s+view\s/im.test(batch))
            parseViewBody(batch)
          for (const column of parseCreateTable(batch)?.columns ?? []) {
            const text = column.computedText ?? column.defaultText
            if (text !== undefined) parseExpression(text)
          }
        }
      })
    })
  }
})

function assertColumns(
  columns: readonly ParsedColumn[],
  { catalog, bootPage }: DatabaseReader,
  objectId: number,
): void {
  const wanted = catalog.columns(objectId)
  assert.equal(columns.length, wanted.length)
  for (const [position, column] of wanted.entries()) {
    const read = columns[position]
    assert.ok(read)
    assert.equal(read.name, column.name)
    if (column.isComputed) {
      const text = catalog.computedText(objectId, column.columnId) ?? ''
      assert.equal(bare(read.computedText ?? ''), bare(text))
      assert.equal(read.isPersisted, column.isPersisted)
      continue
    }
    const standard = catalog.defaultConstraints.find(
      (constraint) => constraint.objectId === column.defaultObjectId,
    )
    assert.equal(read.isNullable, column.isNullable, column.name)
    assert.equal(bare(read.defaultText ?? ''), bare(standard?.text ?? ''), column.name)
    assert.equal(read.defaultName, standard?.isSystemNamed === false ? standard.name : undefined)
    assert.equal(read.isRowGuid, column.isRowGuid)
    const { identity } = column
    assert.equal(read.identity, identity && `${identity.seed},${identity.increment}`)
    assert.equal(read.type, declaredType(catalog.userTypes, catalog.schemas, column), column.name)
    const isOwn = column.userTypeId > 256
    const { collationId } = column.type
    const differs = !isOwn && collationId !== 0 && collationId !== bootPage.collationId
    assert.equal(read.collation, differs ? collationName(collationId) : undefined)
  }
}

/** sys.columns to a declaration once more, from the documentation of sys.columns.max_length. */
function declaredType(
  userTypes: DatabaseReader['catalog']['userTypes'],
  schemas: DatabaseReader['catalog']['schemas'],
  { type, userTypeId }: CatalogColumn,
): string {
  if (userTypeId === 256) return 'sysname'
  const alias = userTypes.find((candidate) => candidate.userTypeId === userTypeId)
  if (userTypeId > 256) {
    const schema = schemas.find(({ schemaId }) => schemaId === alias?.schemaId)
    return `[${schema?.name}].[${alias?.name}]`
  }
  const length = (unit: number) => (type.maxLength === -1 ? 'max' : String(type.maxLength / unit))
  if (['nchar', 'nvarchar'].includes(type.name)) return `${type.name}(${length(2)})`
  if (['char', 'varchar', 'binary', 'varbinary'].includes(type.name)) {
    return `${type.name}(${length(1)})`
  }
  if (['decimal', 'numeric'].includes(type.name)) {
    return `${type.name}(${type.precision},${type.scale})`
  }
  const isFractional = ['time', 'datetime2', 'datetimeoffset'].includes(type.name)
  return isFractional ? `${type.name}(${type.scale})` : type.name
}

function keysOf({ catalog }: DatabaseReader, objectId: number) {
  return catalog
    .indexes(objectId)
    .filter(({ isPrimaryKey, isUniqueConstraint }) => isPrimaryKey || isUniqueConstraint)
    .map(({ name, isPrimaryKey, type, columns }) => {
      const constraint = catalog.objects.find((object) => {
        return object.parentObjectId === objectId && object.name === name
      })
      return {
        name: constraint?.isSystemNamed === true ? undefined : name,
        kind: isPrimaryKey ? 'PRIMARY' : 'UNIQUE',
        order: type,
        columns: columns.map(({ columnId, isDescending }) => {
          const column = catalog.columns(objectId).find((found) => found.columnId === columnId)
          return `${column?.name}${isDescending ? ' DESC' : ''}`
        }),
      }
    })
}

/**
 * Read without an error of syntax. False for what the sandbox refuses by name, such as the methods of
 * xml, and for COMPUTE, which SQL Server itself has no longer since 2012.
 */
function isReadBySandbox(batch: string, quotedIdentifier: boolean): boolean {
  try {
    parseBatch(batch, { quotedIdentifier })
    return true
  } catch (error) {
    assert.ok(error instanceof SqlError)
    const isKnown = REFUSED_BY_NAME.includes(error.number) || /\bcompute\b/i.test(batch)
    assert.ok(isKnown, error.message)
    assert.match(batch, /^\s*create\s+(?:view|proc|procedure|function|trigger)\s/im)
    return false
  }
}
