"""A teacher's commands: hand exercises out, grade what comes back, see where the class struggled.

``python -m lstm_edu.classroom --help`` says how.
"""
