import type { CatalogObject } from '../catalog/catalog-entries.ts'
import { scanPaths } from './name-scanner.ts'
import type { ScriptContext } from './script-context.ts'

/** What a CREATE statement must find made: a procedure or trigger finds its names when it runs. */
const MADE_BY_NAME: ReadonlySet<string> = new Set(['U', 'V', 'FN', 'IF', 'TF', 'SN'])
/** What the text of a table's column, default or check can call. */
const CALLABLE: ReadonlySet<string> = new Set(['FN', 'IF', 'TF', 'SN'])
const DBO = 'dbo'

/**
 * Which objects must be made before which. SQL Server keeps what it found in each text, and the texts
 * are read again: what it keeps is not complete after an object was dropped and made anew.
 */
export class Dependencies {
  readonly #context: ScriptContext
  readonly #idsByName = new Map<string, number>()

  constructor(context: ScriptContext) {
    this.#context = context
    for (const object of context.catalog.objects) {
      if (!MADE_BY_NAME.has(object.type)) continue
      this.#idsByName.set(
        nameKey(context.schemaName(object.schemaId), object.name),
        object.objectId,
      )
    }
  }

  /**
   * The objects in an order in which each comes after those it needs; those it needs come along even
   * if they are not among `objects`. A cycle is cut where it is met first.
   */
  *inOrder(objects: Iterable<CatalogObject>, made: Set<number>): Generator<CatalogObject> {
    for (const object of objects) {
      const open = [this.#visit(object, made)]
      for (let visit = open.at(-1); visit !== undefined; visit = open.at(-1)) {
        const next = visit?.needs.pop()
        if (next !== undefined) {
          open.push(this.#visit(next, made))
          continue
        }
        open.pop()
        if (visit.object !== undefined) yield visit.object
      }
    }
  }

  /** What the text of a check, default or computed column calls. */
  calledBy(text: string, schemaId: number): CatalogObject[] {
    return this.#named(text, schemaId).filter(({ type }) => CALLABLE.has(type))
  }

  #visit(object: CatalogObject, made: Set<number>) {
    if (made.has(object.objectId)) return { object: undefined, needs: [] }
    made.add(object.objectId)
    return { object, needs: this.#needsOf(object) }
  }

  #needsOf(object: CatalogObject): CatalogObject[] {
    if (object.type === 'U') return this.#calledByTable(object)
    if (object.type === 'SN') {
      const target = this.#context.details.synonymTarget(object.objectId) ?? ''
      return this.#named(target, object.schemaId)
    }
    const text = this.#context.catalog.moduleText(object.objectId)?.text ?? ''
    return [...this.#named(text, object.schemaId), ...this.#kept(object.objectId)]
  }

  #calledByTable({ objectId, schemaId }: CatalogObject): CatalogObject[] {
    const { catalog } = this.#context
    const texts = [
      ...this.#context.defaultsOf(objectId).map(({ text }) => text),
      ...catalog
        .columns(objectId)
        .filter(({ isComputed }) => isComputed)
        .map(({ columnId }) => catalog.computedText(objectId, columnId) ?? ''),
    ]
    return texts.flatMap((text) => this.calledBy(text, schemaId))
  }

  #kept(objectId: number): CatalogObject[] {
    return this.#context.details
      .uses(objectId)
      .flatMap((id) => this.#context.catalog.objectById(id) ?? [])
      .filter(({ type }) => MADE_BY_NAME.has(type))
  }

  /** The objects that a text names: more rather than fewer, as a column may have an object's name. */
  #named(text: string, schemaId: number): CatalogObject[] {
    const found = new Set<number>()
    const add = (schema: string, name: string) => {
      const id = this.#idsByName.get(nameKey(schema, name))
      if (id !== undefined) found.add(id)
    }
    for (const path of scanPaths(text)) {
      for (const [index, name] of path.entries()) {
        const schema = path[index - 1]?.text
        if (schema !== undefined) add(schema, name.text)
        else for (const guess of [this.#context.schemaName(schemaId), DBO]) add(guess, name.text)
      }
    }
    return [...found].flatMap((id) => this.#context.catalog.objectById(id) ?? [])
  }
}

function nameKey(schema: string, name: string): string {
  return `${schema}\u0000${name}`.toLowerCase()
}
