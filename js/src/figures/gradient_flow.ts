/** GradientFlow: how much of each step the last step still hears, in an RNN, in an LSTM, and in the reader's own networks. */
import { defineInstrument } from "../instrument";
import { SETTINGS } from "./gradient_flow_state";
import { STRINGS } from "./gradient_flow_strings";
import { gradientFlowView } from "./gradient_flow_view";

export default defineInstrument({ settings: SETTINGS, foundations: ["traces"], strings: STRINGS, view: gradientFlowView });
