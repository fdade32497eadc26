"""How `make notebooks` stores what a notebook printed: nothing that changes from run to run."""

from nbconvert.preprocessors import Preprocessor

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Normalise(Preprocessor):
    """Drop what is volatile, so that a second run leaves no difference."""

    def preprocess(self, notebook, resources):
        """Normalise the metadata of the notebook, then every cell."""
        notebook.metadata = {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
        for cell in notebook.cells:
            for volatile in ("execution", "ExecuteTime", "collapsed", "trusted"):
                cell.metadata.pop(volatile, None)
            if cell.cell_type == "code":
                cell.outputs = [kept for output in merged(cell.outputs) if (kept := clean(output))]
        return notebook, resources


def merged(outputs):
    """Join neighbouring pieces of one stream: where it was cut depends on timing."""
    result = []
    for output in outputs:
        last = result[-1] if result else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last.text += output.text
        else:
            result.append(output)
    return result


def clean(output):
    """Return the output as it is stored, or None where nothing lasting is left of it."""
    if output.output_type == "stream":
        return output if output.text.strip() and not is_progress_bar(output) else None
    output.get("data", {}).pop(WIDGET_VIEW, None)  # A live view is of one kernel only.
    return output


def is_progress_bar(output):
    """Tell whether a stream is a bar that rewrote its own line."""
    return output.name == "stderr" and "\r" in output.text


c = get_config()  # noqa: F821 - defined where nbconvert reads this file
c.NotebookExporter.preprocessors = [Normalise]
