import { collationName } from '../collation/collation.ts'
import { databaseNameOf } from '../database-name.ts'
import { sqlServerVersionName } from '../page/sql-server-version.ts'
import { lineComment, quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

const PRIMARY_FILE_ID = 1
/** Types of objects that the script makes, with their constraints. */
const SCRIPTED_TYPES: readonly string[] = [
  ...['U', 'V', 'P', 'FN', 'IF', 'TF', 'TR', 'R', 'SN', 'SO', 'TT'],
  ...['C', 'D', 'F', 'PK', 'UQ'],
]
/** System base tables, and the tables behind queues, XML indexes and the like. */
const INTERNAL_TYPES: readonly string[] = ['S', 'IT']

/** The script's first comment: what it was made from, what it asks for, and what it leaves out. */
export function header(context: ScriptContext, source: string | undefined): string {
  const { bootPage, catalog, notes } = context
  const { databaseName, internalVersion, compatibilityLevel, collationId } = bootPage
  const collation = collationName(collationId) ?? `0x${collationId.toString(16)}`
  const primaryFile = catalog.files.find(({ fileId }) => fileId === PRIMARY_FILE_ID)
  const name = databaseNameOf(databaseName, primaryFile?.logicalName ?? '')
  const lines = [
    `The schema of ${name}${source === undefined ? '' : `, from ${source}`}`,
    `${sqlServerVersionName(internalVersion)} (internal version ${internalVersion}), compatibility level ${compatibilityLevel}`,
    `To be run in an empty database of the collation ${collation}, which columns do not repeat`,
    ...(notes.length === 0 ? [] : ['', 'Left out or made otherwise:']),
    ...notes.map((note) => `- ${note}`),
  ]
  return lines.map(lineComment).join('\n')
}

/** Notes what no part of the script speaks of. */
export function noteOtherObjects(context: ScriptContext): void {
  for (const object of context.catalog.objects) {
    const { type } = object
    const isOwn = !object.isMsShipped && !INTERNAL_TYPES.includes(type)
    if (!isOwn || SCRIPTED_TYPES.includes(type)) continue
    // Every database has its three queues for notifications.
    if (type === 'SQ' && QUEUES_OF_EVERY_DATABASE.has(object.name)) continue
    context.note(`${context.qualified(object)} (object type ${type})`)
  }
  for (const objectId of context.details.fullTextIndexed) {
    context.note(`the full-text index on ${context.objectName(objectId)}`)
  }
  for (const { kind, name } of context.details.otherEntities) {
    context.note(`the ${kind} ${quoteName(name)}`)
  }
  for (const name of context.details.assemblies) context.note(`the assembly ${quoteName(name)}`)
  for (const collection of context.details.xmlCollections) {
    context.note(
      `the XML schema collection ${context.qualified(collection)}: only its parts are kept, so its columns are untyped`,
    )
  }
}

const QUEUES_OF_EVERY_DATABASE: ReadonlySet<string> = new Set([
  'QueryNotificationErrorsQueue',
  'EventNotificationErrorsQueue',
  'ServiceBrokerQueue',
])
