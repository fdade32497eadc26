/** MemoryTask: an RNN and two LSTMs race on a task with a long lag, learning live in the browser. */
import { defineInstrument } from "../instrument";
import { SETTINGS } from "./memory_task_state";
import { STRINGS } from "./memory_task_strings";
import { memoryTaskView } from "./memory_task_view";

export default defineInstrument({ settings: SETTINGS, strings: STRINGS, view: memoryTaskView });
