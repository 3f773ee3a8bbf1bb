import type { Plan } from './plan.ts'

/** The same operator over other inputs. */
export function withInputs(plan: Plan, change: (input: Plan) => Plan): Plan {
  switch (plan.kind) {
    case 'scan':
    case 'rows':
    case 'work-table':
    case 'table-function':
      return plan
    case 'join':
    case 'apply':
    case 'intersect':
      return { ...plan, left: change(plan.left), right: change(plan.right) }
    case 'union':
      return { ...plan, inputs: plan.inputs.map(change) }
    case 'recursive':
      return { ...plan, anchor: change(plan.anchor), step: change(plan.step) }
    default:
      return { ...plan, input: change(plan.input) }
  }
}
