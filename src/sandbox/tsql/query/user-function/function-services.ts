import type { ResultColumn } from '../../../tds/index.ts'
import type { TableSource } from '../../host.ts'
import type { CursorDefinition } from '../../syntax/index.ts'
import type { ChangeAction } from '../bind/change-target.ts'
import type { StatementContext } from '../bind/statement-context.ts'
import type { MergeAction } from '../change/prepare-merge.ts'
import type { Row, Tick } from '../run/row.ts'
import type { Run } from '../run/run.ts'

/** What a function's statements need of whoever executes statements. */
export interface FunctionServices {
  /** Changes the rows of a table variable; nothing waits. */
  changeRows(
    actions: readonly MergeAction[],
    change: { readonly table: TableSource; readonly verb: ChangeAction | 'MERGE' },
  ): void
  declareCursor(definition: CursorDefinition, contextOf: () => StatementContext): FunctionCursor
}

/** A cursor inside of a function: local, and fetched from into variables only. */
export interface FunctionCursor {
  readonly columns: readonly ResultColumn[]
  prepareAgain(): void
  open(run: Run): Generator<Tick, void>
  fetch(
    place: {
      readonly direction: 'next' | 'prior' | 'first' | 'last' | 'absolute' | 'relative'
      readonly offset: number
    },
    run: Run,
  ): Generator<Tick, { readonly status: 0 | -1 | -2; readonly row: Row | undefined }>
  close(): void
}
