import type { SystemRow } from '../table/system-row.ts'
import { codePageDecoder, decodeUtf16 } from '../value/code-page.ts'
import type { ModuleText } from './catalog-entries.ts'

// sysobjvalues, id 60: class u8 @4, object id @5, sub-id @9, number @13; variable 0 is a sql_variant of
// flags, variable 1 the text (format reference 4.3).
/** Kinds of texts. */
export const TEXT_CLASSES = { module: 1, computedColumn: 2, indexFilter: 7 } as const
const FLAGS = 0
const TEXT = 1
/** A sql_variant of int: type, version, then the number. */
const FLAGS_START = 2
export const TEXT_FLAGS = { encrypted: 0x1, singleByte: 0x2 } as const

/**
 * The texts of sysobjvalues. Rows are kept and each text is decoded when it is asked for: procedures
 * can be long, and most are not looked at.
 */
export class ModuleTexts {
  readonly #rows = new Map<string, SystemRow>()
  readonly #codePage: number

  /** `codePage` is the database's: texts without other characters are stored in it. */
  constructor(rows: Iterable<SystemRow>, codePage: number) {
    this.#codePage = codePage
    const classes: readonly number[] = Object.values(TEXT_CLASSES)
    for (const row of rows) {
      const textClass = row.uint8(4)
      if (!classes.includes(textClass)) continue
      const key = textKey(textClass, row.int32(5), row.int32(9))
      if (!this.#rows.has(key)) this.#rows.set(key, row)
    }
  }

  /** Views, functions, triggers, checks and defaults have the sub-id 0, procedures 1. */
  moduleText(objectId: number): ModuleText | undefined {
    const row =
      this.#rows.get(textKey(TEXT_CLASSES.module, objectId, 0)) ??
      this.#rows.get(textKey(TEXT_CLASSES.module, objectId, 1))
    return row === undefined ? undefined : this.#decode(row)
  }

  computedText(objectId: number, columnId: number): string | undefined {
    const row = this.#rows.get(textKey(TEXT_CLASSES.computedColumn, objectId, columnId))
    return row === undefined ? undefined : this.#decode(row).text
  }

  filterText(objectId: number, indexId: number): string | undefined {
    const row = this.#rows.get(textKey(TEXT_CLASSES.indexFilter, objectId, indexId))
    return row === undefined ? undefined : this.#decode(row).text
  }

  #decode(row: SystemRow): ModuleText {
    const flagBytes = row.variableBytes(FLAGS)
    const flags = flagBytes.length < FLAGS_START + 4 ? 0 : flagBytes.readUInt32LE(FLAGS_START)
    if ((flags & TEXT_FLAGS.encrypted) !== 0) return { text: undefined, isEncrypted: true }
    const bytes = row.variableBytes(TEXT)
    const decode =
      (flags & TEXT_FLAGS.singleByte) !== 0 ? codePageDecoder(this.#codePage) : decodeUtf16
    return { text: decode(bytes, 0, bytes.length), isEncrypted: false }
  }
}

function textKey(textClass: number, objectId: number, subId: number): string {
  return `${textClass}:${objectId}:${subId}`
}
