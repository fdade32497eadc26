"""Recorded trainings that come with the package; `lstm_edu.replay.load` opens one."""
