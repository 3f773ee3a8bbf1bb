import type { ModuleSource } from '../../host.ts'
import { type ModuleDefinition, parseModule } from '../../syntax/index.ts'

/** Modules that were read last, by their texts: most calls are of the same few. */
const MAX_PARSED = 256
const parsed = new Map<string, ModuleDefinition>()

/** The text of a module, read once. @throws SqlError as `parseBatch` */
export function parsedModule({ text, quotedIdentifier }: ModuleSource): ModuleDefinition {
  const key = `${quotedIdentifier ? 'q' : ''}:${text}`
  const known = parsed.get(key)
  parsed.delete(key)
  const definition = known ?? parseModule(text, { quotedIdentifier })
  parsed.set(key, definition) // behind all others
  if (parsed.size > MAX_PARSED) {
    for (const oldest of parsed.keys()) {
      parsed.delete(oldest)
      break
    }
  }
  return definition
}
