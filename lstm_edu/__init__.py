"""LSTM, gate by gate: recurrent networks to read, run, record and look into, in plain NumPy."""

from lstm_edu.layers import Dense, Embedding, LastStep
from lstm_edu.lstm import LSTM, Gradients, LSTMParams, Step, lstm_step
from lstm_edu.network import Network
from lstm_edu.optimizers import SGD, Adam
from lstm_edu.record import Record
from lstm_edu.recurrent import GRU, RNN, GRURecord, ResetFirstGRU, RNNRecord
from lstm_edu.trace import Trace
from lstm_edu.training import History, fit, fit_batches
from lstm_edu.variants import CoupledLSTM, NoForgetGateLSTM, PeepholeLSTM

__all__ = [
    "GRU",
    "LSTM",
    "RNN",
    "SGD",
    "Adam",
    "CoupledLSTM",
    "Dense",
    "Embedding",
    "GRURecord",
    "Gradients",
    "History",
    "LSTMParams",
    "LastStep",
    "Network",
    "NoForgetGateLSTM",
    "PeepholeLSTM",
    "RNNRecord",
    "Record",
    "ResetFirstGRU",
    "Step",
    "Trace",
    "fit",
    "fit_batches",
    "lstm_step",
]
