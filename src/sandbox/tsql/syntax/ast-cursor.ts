import type { Expression, QueryExpression } from './ast.ts'

/** A cursor by its name, or in a variable. */
export interface CursorName {
  readonly name: string
  /** Starts with `@`. */
  readonly isVariable: boolean
  readonly isGlobal: boolean
}

export type CursorStatement =
  | {
      readonly kind: 'declare-cursor'
      readonly name: string
      readonly definition: CursorDefinition
      readonly line: number
    }
  /** SET @cursor = CURSOR …, or = another one */
  | {
      readonly kind: 'set-cursor'
      readonly variable: string
      readonly value: CursorDefinition | CursorName
      readonly line: number
    }
  | {
      readonly kind: 'open-cursor' | 'close-cursor' | 'deallocate-cursor'
      readonly cursor: CursorName
      readonly line: number
    }
  | {
      readonly kind: 'fetch'
      readonly cursor: CursorName
      readonly direction: 'next' | 'prior' | 'first' | 'last' | 'absolute' | 'relative'
      readonly count?: Expression
      readonly into: readonly string[]
      readonly line: number
    }

export interface CursorDefinition {
  readonly kind: 'cursor-definition'
  /** In upper case: LOCAL, GLOBAL, SCROLL, FORWARD_ONLY, STATIC, KEYSET, FAST_FORWARD, READ_ONLY, … */
  readonly options: readonly string[]
  readonly query: QueryExpression
  /** FOR UPDATE OF; empty for all columns, undefined when read-only or not said. */
  readonly updatable?: readonly string[]
  readonly line: number
}
