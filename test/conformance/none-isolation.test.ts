import { describeContainerRuntime } from './isolation-suite.ts'

describeContainerRuntime({ name: 'none', skip: false })
