import type { CatalogIndex, CatalogObject, SqlValue } from '../../../mdf/index.ts'
import type { DatabaseContent } from '../databases/database-content.ts'
import { moduleHeader, type TriggerEvents, triggerEvents } from './module-header.ts'
import { MODULE_TYPES } from './object-types.ts'

interface Subject {
  readonly object: CatalogObject
  readonly content: DatabaseContent
}
type Answer = (subject: Subject) => SqlValue

const CHECKED = new Set(['C', 'F', 'D', 'PK', 'UQ'])

/** A property that only objects of these types have; NULL for others. */
const of =
  (types: readonly string[], answer: (subject: Subject) => SqlValue | boolean): Answer =>
  (subject) => {
    if (!types.includes(subject.object.type)) return null
    const value = answer(subject)
    return typeof value === 'boolean' ? Number(value) : value
  }

const ofTable = (answer: (subject: Subject) => SqlValue | boolean): Answer =>
  of(['U', 'S', 'TT'], answer)
const ofKey = (answer: (index: CatalogIndex) => boolean): Answer =>
  of(['PK', 'UQ'], ({ object, content }) => {
    const indexes = content.catalog.indexes(object.parentObjectId)
    const index = indexes.find(({ name }) => name === object.name)
    return index === undefined ? null : answer(index)
  })
const ofForeignKey = (action: 'deleteAction' | 'updateAction'): Answer =>
  of(['F'], ({ object, content }) => {
    const key = content.catalog.foreignKeys.find(({ objectId }) => objectId === object.objectId)
    return key?.[action] === 'CASCADE'
  })
const ofTrigger = (answer: (events: TriggerEvents, object: CatalogObject) => boolean): Answer =>
  of(['TR'], ({ object, content }) => answer(eventsOf(object, content), object))
const ofModule = (answer: (subject: Subject) => boolean): Answer => of([...MODULE_TYPES], answer)

function eventsOf({ objectId }: CatalogObject, { catalog }: DatabaseContent): TriggerEvents {
  return triggerEvents(catalog.moduleText(objectId)?.text ?? '')
}

function children({ object, content }: Subject, type: string): readonly CatalogObject[] {
  return content.catalog.objects.filter((child) => {
    return child.parentObjectId === object.objectId && child.type === type
  })
}

/** Triggers of a table or view that fire so. */
function triggers(subject: Subject, fires: (events: TriggerEvents) => boolean) {
  return children(subject, 'TR').filter((trigger) => fires(eventsOf(trigger, subject.content)))
}

const hasTrigger = (fires: (events: TriggerEvents) => boolean): Answer =>
  of(['U', 'V'], (subject) => triggers(subject, fires).length > 0)
const triggerCount = (fires: (events: TriggerEvents) => boolean): Answer =>
  ofTable((subject) => triggers(subject, fires).length)
const firstTrigger = (fires: (events: TriggerEvents) => boolean): Answer =>
  ofTable((subject) => triggers(subject, fires)[0]?.objectId ?? 0)

const hasIndex = (fits: (index: CatalogIndex) => boolean): Answer =>
  ofTable(({ object, content }) => {
    return content.catalog
      .indexes(object.objectId)
      .some((index) => index.indexId > 0 && fits(index))
  })
const hasChild = (type: string): Answer => ofTable((subject) => children(subject, type).length > 0)
const hasColumn = (
  fits: (column: ReturnType<DatabaseContent['catalog']['columns']>[number]) => boolean,
): Answer => ofTable(({ object, content }) => content.catalog.columns(object.objectId).some(fits))

const LARGE_TYPES = new Set(['text', 'ntext', 'image'])

function isDeterministic({ object, content }: Subject): boolean | null {
  if (object.type === 'V') return false
  const text = content.catalog.moduleText(object.objectId)?.text ?? ''
  return /\bSCHEMABINDING\b/i.test(moduleHeader(text))
}

/** OBJECTPROPERTY's properties that look into the catalog, by lower-case name. */
const PROPERTIES: Readonly<Record<string, Answer>> = {
  cnstisclustkey: ofKey(({ type }) => type === 'CLUSTERED'),
  cnstisnonclustkey: ofKey(({ type }) => type !== 'CLUSTERED'),
  cnstiscolumn: of(['C', 'D'], ({ object, content }) => {
    const { checkConstraints, defaultConstraints } = content.catalog
    const all = [...checkConstraints, ...defaultConstraints]
    return (all.find(({ objectId }) => objectId === object.objectId)?.columnId ?? 0) > 0
  }),
  cnstisdeletecascade: ofForeignKey('deleteAction'),
  cnstisupdatecascade: ofForeignKey('updateAction'),
  cnstisdisabled: of([...CHECKED], ({ object }) => object.isDisabled),
  cnstisnotrepl: of([...CHECKED], ({ object }) => object.isNotForReplication),
  cnstisnottrusted: of([...CHECKED], ({ object }) => object.isNotTrusted),
  execisaftertrigger: ofTrigger(({ isInsteadOf }) => !isInsteadOf),
  execisinsteadoftrigger: ofTrigger(({ isInsteadOf }) => isInsteadOf),
  execisinserttrigger: ofTrigger((events) => events.insert),
  execisupdatetrigger: ofTrigger((events) => events.update),
  execisdeletetrigger: ofTrigger((events) => events.delete),
  execistriggerdisabled: ofTrigger((_events, { isDisabled }) => isDisabled),
  execistriggernotforrepl: ofTrigger((_events, object) => object.isNotForReplication),
  execisansinullson: ofModule(({ object }) => object.usesAnsiNulls),
  execisquotedidenton: ofModule(({ object }) => object.usesQuotedIdentifier),
  execisstartup: of(['P'], () => false),
  execiswithnativecompilation: ofModule(() => false),
  hasaftertrigger: hasTrigger(({ isInsteadOf }) => !isInsteadOf),
  hasinsteadoftrigger: hasTrigger(({ isInsteadOf }) => isInsteadOf),
  hasinserttrigger: hasTrigger((events) => events.insert),
  hasupdatetrigger: hasTrigger((events) => events.update),
  hasdeletetrigger: hasTrigger((events) => events.delete),
  isansinullson: of(['U', ...MODULE_TYPES], ({ object }) => object.usesAnsiNulls),
  isquotedidenton: of(['U', ...MODULE_TYPES], ({ object }) => {
    return object.type === 'U' || object.usesQuotedIdentifier
  }),
  isdeterministic: of(['V', 'FN', 'IF', 'TF'], isDeterministic),
  isencrypted: ofModule(({ object, content }) => {
    return content.catalog.moduleText(object.objectId)?.isEncrypted ?? false
  }),
  isindexed: of(['U', 'V'], ({ object, content }) => {
    return content.catalog.indexes(object.objectId).some(({ indexId }) => indexId > 0)
  }),
  isindexable: of(['U', 'V'], ({ object }) => object.type === 'U'),
  isreplproc: of(['P'], () => false),
  isschemabound: of(['V', 'P', 'FN', 'IF', 'TF', 'TR'], ({ object, content }) => {
    const text = content.catalog.moduleText(object.objectId)?.text ?? ''
    return /\bSCHEMABINDING\b/i.test(moduleHeader(text))
  }),
  issystemverified: of(['V', 'FN', 'IF', 'TF'], () => true),
  schemaid: ({ object }) => object.schemaId,
  tablehascheckcnst: hasChild('C'),
  tablehasdefaultcnst: hasChild('D'),
  tablehasforeignkey: hasChild('F'),
  tablehasprimarykey: hasChild('PK'),
  tablehasuniquecnst: hasChild('UQ'),
  tablehasforeignref: ofTable(({ object, content }) => {
    return content.catalog.foreignKeys.some(
      ({ referencedObjectId }) => referencedObjectId === object.objectId,
    )
  }),
  tablehasclustindex: hasIndex(({ indexId }) => indexId === 1),
  tablehasnonclustindex: hasIndex(({ indexId }) => indexId > 1),
  tablehasindex: hasIndex(() => true),
  tablehasidentity: hasColumn(({ identity }) => identity !== undefined),
  tablehasrowguidcol: hasColumn(({ isRowGuid }) => isRowGuid),
  tablehastextimage: hasColumn(({ type }) => LARGE_TYPES.has(type.name)),
  tablehastimestamp: hasColumn(({ type }) => type.name === 'timestamp'),
  tablehascolumnset: hasColumn(({ isColumnSet }) => isColumnSet),
  tablehasinserttrigger: hasTrigger((events) => events.insert),
  tablehasupdatetrigger: hasTrigger((events) => events.update),
  tablehasdeletetrigger: hasTrigger((events) => events.delete),
  tableinserttriggercount: triggerCount((events) => events.insert),
  tableupdatetriggercount: triggerCount((events) => events.update),
  tabledeletetriggercount: triggerCount((events) => events.delete),
  tableinserttrigger: firstTrigger((events) => events.insert),
  tableupdatetrigger: firstTrigger((events) => events.update),
  tabledeletetrigger: firstTrigger((events) => events.delete),
  tablehasvardecimalstorageformat: ofTable(() => false),
  tablehasactivefulltextindex: ofTable(() => false),
  tablefulltextcatalogid: ofTable(() => 0),
  tableisfake: ofTable(() => false),
  tableislockedonbulkload: ofTable(() => false),
  tableismemoryoptimized: ofTable(({ object }) => object.isMemoryOptimized),
  tableispinned: ofTable(() => false),
  tabletextinrowlimit: ofTable(() => 0),
  tabletemporaltype: ofTable(() => 0),
  cardinality: of(['U', 'V'], ({ object, content }) => {
    return object.type === 'U' ? BigInt(content.catalog.rowCount(object.objectId)) : null
  }),
  systemdataaccess: of(['FN', 'IF', 'TF', 'V'], () => true),
  userdataaccess: of(['FN', 'IF', 'TF', 'V'], () => true),
  isprecise: of(['FN', 'IF', 'TF', 'V'], isDeterministic),
}

/** A property of an object; undefined when its name says nothing here. */
export function objectProperty(
  object: CatalogObject,
  property: string,
  content: DatabaseContent,
): SqlValue | undefined {
  const name = property.trim().toLowerCase()
  if (name === 'basetype') return object.type
  return Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name]?.({ object, content }) : undefined
}
