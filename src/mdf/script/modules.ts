import type { CatalogObject } from '../catalog/catalog-entries.ts'
import { type ScannedPath, scanPaths } from './name-scanner.ts'
import { inlineComment, lineComment, quoteName } from './quote.ts'
import type { ScriptContext } from './script-context.ts'

const MODULE_WORDS: ReadonlySet<string> = new Set([
  'DEFAULT',
  'FUNCTION',
  'PROC',
  'PROCEDURE',
  'RULE',
  'TRIGGER',
  'VIEW',
])
/** A line that sqlcmd and its kin would take for the end of the batch. */
const SEPARATOR_LINE = /^[ \t]*GO(?:[ \t]+\d+)?[ \t]*$/im

/** Such a module takes no tables but those in memory, which the script makes on disk. */
const NATIVE = [/\bNATIVE_COMPILATION\b/i, /\bBEGIN\s+ATOMIC\b/i]

const COMPUTE = /\bCOMPUTE\b/i

/** The settings that the session has, which a module takes over when it is created. */
export interface ModuleSettings {
  ansiNulls: boolean
  quotedIdentifier: boolean
}

/**
 * A view, procedure, function, trigger, default or rule by its text, alone in its batch, with the
 * settings it was made with; a comment when its text is encrypted or could not run.
 */
export function* module(
  context: ScriptContext,
  object: CatalogObject,
  settings: ModuleSettings,
): Generator<string> {
  const text = context.catalog.moduleText(object.objectId)?.text
  const reason = reasonToLeaveOut(context, object)
  const name = context.qualified(object)
  if (text === undefined || reason !== undefined) {
    context.note(`${name}: ${reason}`)
    yield lineComment(`${name} is missing: ${reason}`)
    return
  }
  yield* moduleSettings(object, settings)
  noteTrouble(context, object, text)
  yield withPresentName(context, object, text.trim())
}

function reasonToLeaveOut({ catalog }: ScriptContext, object: CatalogObject): string | undefined {
  const stored = catalog.moduleText(object.objectId)
  if (stored === undefined) return 'it has no text'
  if (stored.text === undefined) return 'it was made WITH ENCRYPTION'
  const { text } = stored
  const isNative = NATIVE.every((words) => words.test(text))
  return isNative ? 'it is natively compiled, for tables in memory' : undefined
}

/** What is in the script, and may yet not run as it is. */
function noteTrouble(context: ScriptContext, object: CatalogObject, text: string): void {
  const name = context.qualified(object)
  if (context.details.numberedProcedures.has(object.objectId)) {
    context.note(`the procedures ${name};2 and on`)
  }
  if (SEPARATOR_LINE.test(text)) {
    context.note(`${name} has a line of GO in its text: run it apart from the script`)
  }
  if (COMPUTE.test(text) && hasWord(text, 'COMPUTE')) {
    context.note(`${name} uses COMPUTE, which SQL Server 2012 and later do not have`)
  }
}

/** Whether a word stands in a text by itself, comments and strings apart. */
function hasWord(text: string, word: string): boolean {
  for (const [name, ...others] of scanPaths(text)) {
    const isWord = others.length === 0 && name?.isDelimited === false
    if (isWord && name.text.toUpperCase() === word) return true
  }
  return false
}

/** The settings of plain statements. */
export const PLAIN_SETTINGS: Readonly<ModuleSettings> = { ansiNulls: true, quotedIdentifier: true }

/** SET statements for what differs from the settings now; `settings` is brought up to date. */
export function* changeSettings(
  settings: ModuleSettings,
  wanted: Readonly<ModuleSettings>,
): Generator<string> {
  const statements: string[] = []
  if (settings.ansiNulls !== wanted.ansiNulls) {
    statements.push(`SET ANSI_NULLS ${wanted.ansiNulls ? 'ON' : 'OFF'}`)
  }
  if (settings.quotedIdentifier !== wanted.quotedIdentifier) {
    statements.push(`SET QUOTED_IDENTIFIER ${wanted.quotedIdentifier ? 'ON' : 'OFF'}`)
  }
  Object.assign(settings, wanted)
  if (statements.length > 0) yield statements.join('\n')
}

/** Defaults and rules keep no settings. */
function* moduleSettings(object: CatalogObject, settings: ModuleSettings): Generator<string> {
  if (object.type === 'D' || object.type === 'R') return
  yield* changeSettings(settings, {
    ansiNulls: object.usesAnsiNulls,
    quotedIdentifier: object.usesQuotedIdentifier,
  })
}

/** sp_rename and ALTER SCHEMA leave the old name in the text: it is put right. */
function withPresentName(context: ScriptContext, object: CatalogObject, text: string): string {
  const path = nameInText(text)
  const [first, last] = [path?.[0], path?.at(-1)]
  if (path === undefined || first === undefined || last === undefined) return text
  const schema = context.schemaName(object.schemaId)
  const isDatabaseTrigger = object.type === 'TR' && object.parentObjectId === 0
  const itsSchema = path.length > 1 ? (path.at(-2)?.text ?? '') : 'dbo'
  const isSame =
    last.text.toLowerCase() === object.name.toLowerCase() &&
    (isDatabaseTrigger || itsSchema.toLowerCase() === schema.toLowerCase())
  if (isSame) return text
  const name = isDatabaseTrigger ? quoteName(object.name) : context.qualified(object)
  const old = inlineComment(`was ${path.map(({ text: part }) => part).join('.')}`)
  return `${text.slice(0, first.start)}${name} ${old}${text.slice(last.end)}`
}

/** What stands after CREATE VIEW, CREATE OR ALTER PROCEDURE and so on. */
function nameInText(text: string): ScannedPath | undefined {
  const MOST_WORDS_BEFORE = 4
  let isNext = false
  let words = 0
  for (const path of scanPaths(text)) {
    if (isNext) return path
    const [word] = path
    isNext = path.length === 1 && MODULE_WORDS.has(word?.text.toUpperCase() ?? '')
    if (++words > MOST_WORDS_BEFORE) return undefined
  }
  return undefined
}
