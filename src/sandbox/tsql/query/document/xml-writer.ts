import { SqlError } from '../../../sql-error.ts'
import type { Column } from '../plan/column.ts'
import type { DocumentPlan } from '../plan/plan.ts'
import type { Row } from '../run/row.ts'
import { documentText } from './document-value.ts'

export interface XmlOptions {
  /** The element of a row; '' for none. */
  readonly element: string
  readonly root?: string
  readonly xsinil: boolean
  /** Columns are attributes (RAW and AUTO without ELEMENTS), elements, or paths of both (PATH). */
  readonly shape: 'attributes' | 'elements' | 'paths'
}

const XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'

/** FOR XML RAW, AUTO over one table, and PATH. */
export function xmlWriter(columns: readonly Column[], options: XmlOptions): DocumentPlan['write'] {
  const targets = columns.map((column) => targetOf(column, options))
  return () => {
    const rows: string[] = []
    return {
      add: (row: Row) => {
        rows.push(rowText(row, { columns, targets, options }))
      },
      finish: () => documentOf(rows, options),
    }
  }
}

function documentOf(rows: readonly string[], { root, xsinil }: XmlOptions): string | null {
  const content = rows.join('')
  if (root === undefined) return rows.length === 0 ? null : content
  const name = encodeName(root)
  const namespace = xsinil ? XSI : ''
  return content === '' ? `<${name}${namespace}/>` : `<${name}${namespace}>${content}</${name}>`
}

/** Where a column's value goes: the elements around it, then an attribute or the text itself. */
interface Target {
  readonly elements: readonly string[]
  readonly attribute?: string
}

/** @throws SqlError 6809, 6864 */
function targetOf({ name }: Column, { shape, element }: XmlOptions): Target {
  if (shape !== 'paths') {
    if (name === '') throw unnamedColumn()
    const encoded = encodeName(name)
    return shape === 'attributes' ? { elements: [], attribute: encoded } : { elements: [encoded] }
  }
  if (name === '') return { elements: [] }
  const steps = name.split('/')
  const last = steps.at(-1) ?? ''
  const elements = steps.slice(0, -1).map(encodeName)
  if (last.startsWith('@')) {
    if (element === '' && elements.length === 0) throw rowTagOmitted()
    return { elements, attribute: encodeName(last.slice(1)) }
  }
  const isText = ['text()', 'node()', 'data()', '*'].includes(last)
  return { elements: isText ? elements : [...elements, encodeName(last)] }
}

function unnamedColumn(): SqlError {
  return new SqlError(
    6809,
    'Unnamed tables cannot be used as XML identifiers as well as unnamed columns cannot be used for attribute names. Name unnamed columns/tables using AS in the SELECT statement.',
  )
}

function rowTagOmitted(): SqlError {
  return new SqlError(
    6864,
    'Row tag omission (empty row tag name) cannot be used with attribute-centric FOR XML serialization.',
  )
}

/** Characters a name can't have become `_xHHHH_`. */
function encodeName(name: string): string {
  return [...name]
    .map((character, index) => {
      const isAllowed =
        index === 0 ? /[\p{L}_:]/u.test(character) : /[\p{L}\p{N}_:.-]/u.test(character)
      if (isAllowed) return character
      const code = character.codePointAt(0) ?? 0
      return `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`
    })
    .join('')
}

interface RowShape {
  readonly columns: readonly Column[]
  readonly targets: readonly Target[]
  readonly options: XmlOptions
}

/** Elements under construction: neighbours with the same path share theirs. */
class ElementDraft {
  readonly name: string
  attributes = ''
  readonly content: (string | ElementDraft)[] = []

  constructor(name: string) {
    this.name = name
  }

  /** The last child when it has this name, otherwise a new one. */
  child(name: string): ElementDraft {
    const last = this.content.at(-1)
    if (last instanceof ElementDraft && last.name === name) return last
    const created = new ElementDraft(name)
    this.content.push(created)
    return created
  }

  toString(): string {
    const content = this.content.join('')
    if (this.name === '') return content
    return content === ''
      ? `<${this.name}${this.attributes}/>`
      : `<${this.name}${this.attributes}>${content}</${this.name}>`
  }
}

function rowText(row: Row, { columns, targets, options }: RowShape): string {
  const draft = new ElementDraft(options.element === '' ? '' : encodeName(options.element))
  for (const [index, column] of columns.entries()) {
    const target = targets[index]
    const value = row[index] ?? null
    if (target === undefined) continue
    if (value !== null) {
      const isMarkup = column.markup === 'xml' || column.type.name === 'xml'
      place(draft, target, { text: documentText(value, column.type), isMarkup })
    } else if (options.xsinil && target.attribute === undefined && target.elements.length > 0) {
      const element = newElement(draft, target.elements)
      element.attributes = options.root === undefined ? `${XSI} xsi:nil="true"` : ' xsi:nil="true"'
    }
  }
  return `${draft}`
}

function place(
  draft: ElementDraft,
  { elements, attribute }: Target,
  { text, isMarkup }: { text: string; isMarkup: boolean },
): void {
  if (attribute !== undefined) {
    const element = elements.reduce((parent, name) => parent.child(name), draft)
    element.attributes += ` ${attribute}="${escapeAttribute(text)}"`
    return
  }
  const element = newElement(draft, elements)
  element.content.push(isMarkup ? text : escapeText(text))
}

/** Shares the elements on the way, but not the last one: two columns of a name are two elements. */
function newElement(draft: ElementDraft, elements: readonly string[]): ElementDraft {
  const parent = elements.slice(0, -1).reduce((outer, name) => outer.child(name), draft)
  const name = elements.at(-1)
  if (name === undefined) return draft
  const created = new ElementDraft(name)
  parent.content.push(created)
  return created
}

function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#x0D;')
}

function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#x0A;')
    .replaceAll('\t', '&#x09;')
}
