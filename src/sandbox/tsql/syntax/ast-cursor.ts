import type { Expression, QueryExpression } from './ast.ts'

/** A cursor by its name, or by a variable with its `@`. */
export interface CursorReference {
  readonly name: string
  readonly isGlobal: boolean
}

/** What DECLARE … CURSOR and SET @variable = CURSOR say of a cursor; absent where they leave it open. */
export interface CursorDefinition {
  readonly scope?: 'local' | 'global'
  readonly movement?: 'forward-only' | 'scroll'
  /** INSENSITIVE is static. */
  readonly model?: 'static' | 'keyset' | 'dynamic' | 'fast-forward'
  readonly concurrency?: 'read-only' | 'scroll-locks' | 'optimistic'
  readonly query: QueryExpression
  /** FOR UPDATE; with column names when OF lists them. */
  readonly update?: { readonly columns: readonly string[] }
}

export interface DeclareCursorStatement {
  readonly kind: 'declare-cursor'
  readonly name: string
  readonly definition: CursorDefinition
  readonly line: number
}

/** `SET @variable = CURSOR … FOR query` */
export interface SetCursorStatement {
  readonly kind: 'set-cursor'
  readonly variable: string
  readonly definition: CursorDefinition
  readonly line: number
}

export interface CursorStatement {
  readonly kind: 'open-cursor' | 'close-cursor' | 'deallocate-cursor'
  readonly cursor: CursorReference
  readonly line: number
}

export interface FetchStatement {
  readonly kind: 'fetch'
  readonly cursor: CursorReference
  readonly direction: 'next' | 'prior' | 'first' | 'last' | 'absolute' | 'relative'
  /** Of ABSOLUTE and RELATIVE: a number or a variable. */
  readonly offset?: Expression
  /** Variables with their `@`; undefined when the row goes to the client. */
  readonly into?: readonly string[]
  readonly line: number
}
