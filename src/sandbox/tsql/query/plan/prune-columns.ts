import type { Column } from './column.ts'
import { columnsOf, type Plan, type ProjectPlan, type UnionPlan } from './plan.ts'
import { collectColumns, expressionsIn, freeColumns, type Node } from './walk.ts'

type Columns = ReadonlySet<Column>

/** Drops what no operator above reads: table columns are not decoded, expressions not computed. */
export function pruneColumns(plan: Plan, needed: Columns): Plan {
  switch (plan.kind) {
    case 'scan': {
      const kept = [...plan.columns.keys()].filter((index) => isNeeded(plan.columns[index], needed))
      return {
        ...plan,
        columns: kept.flatMap((index) => plan.columns[index] ?? []),
        ordinals: kept.flatMap((index) => plan.ordinals[index] ?? []),
      }
    }
    case 'project':
      return pruneProject(plan, needed)
    case 'filter':
    case 'sort':
    case 'top':
    case 'offset':
      return { ...plan, input: pruneColumns(plan.input, withUsed(needed, expressionsIn(plan))) }
    case 'distinct':
      return { ...plan, input: pruneColumns(plan.input, new Set(columnsOf(plan.input))) }
    case 'join': {
      const all = withUsed(needed, [plan.on])
      return { ...plan, left: pruneColumns(plan.left, all), right: pruneColumns(plan.right, all) }
    }
    case 'apply': {
      const left = new Set([...needed, ...freeColumns(plan.right)])
      return {
        ...plan,
        left: pruneColumns(plan.left, left),
        right: pruneColumns(plan.right, needed),
      }
    }
    case 'aggregate': {
      const aggregates = plan.aggregates.filter(({ column }) => needed.has(column))
      const kept = { ...plan, aggregates }
      return { ...kept, input: pruneColumns(plan.input, withUsed(new Set(), expressionsIn(kept))) }
    }
    case 'window': {
      const kept = { ...plan, calls: plan.calls.filter(({ column }) => needed.has(column)) }
      if (kept.calls.length === 0) return pruneColumns(plan.input, needed)
      return { ...kept, input: pruneColumns(plan.input, withUsed(needed, expressionsIn(kept))) }
    }
    case 'union':
      return pruneUnion(plan, needed)
    case 'intersect':
      return { ...plan, left: pruneAll(plan.left), right: pruneAll(plan.right) }
    case 'recursive':
      return { ...plan, anchor: pruneAll(plan.anchor), step: pruneAll(plan.step) }
    case 'unpivot': {
      const read = [...plan.kept, ...plan.sources.map(({ column }) => column)]
      return { ...plan, input: pruneColumns(plan.input, new Set(read)) }
    }
    case 'document':
      return { ...plan, input: pruneColumns(plan.input, new Set(plan.source)) }
    case 'rows':
    case 'work-table':
    case 'table-function':
      return plan
  }
}

function isNeeded(column: Column | undefined, needed: Columns): boolean {
  return column !== undefined && needed.has(column)
}

function withUsed(needed: Columns, nodes: readonly Node[]): Columns {
  const all = new Set(needed)
  for (const node of nodes) collectColumns(node, all)
  return all
}

function pruneAll(plan: Plan): Plan {
  return pruneColumns(plan, new Set(columnsOf(plan)))
}

function pruneProject(plan: ProjectPlan, needed: Columns): Plan {
  const outputs = plan.outputs.filter(({ column }) => needed.has(column))
  const used = withUsed(
    new Set(),
    outputs.map(({ expression }) => expression),
  )
  return { ...plan, outputs, input: pruneColumns(plan.input, used) }
}

/** Inputs go by position, so a column goes from all of them or from none. */
function pruneUnion(plan: UnionPlan, needed: Columns): Plan {
  const { inputs } = plan
  const isPrunable = inputs.every(({ kind }) => kind === 'project')
  if (!isPrunable) return { ...plan, inputs: inputs.map(pruneAll) }
  const kept = [...plan.columns.keys()].filter((index) => isNeeded(plan.columns[index], needed))
  return {
    ...plan,
    columns: kept.flatMap((index) => plan.columns[index] ?? []),
    inputs: inputs.map((input) => {
      const own = columnsOf(input)
      return pruneColumns(input, new Set(kept.flatMap((index) => own[index] ?? [])))
    }),
  }
}
