"""Puts `drycloud_guard.pth` beside the package, where Python reads it at each start; the rest is in pyproject.toml."""

from setuptools import Distribution, setup


class WithData(Distribution):
    """An editable install asks for data files by this name, which setuptools itself does not have."""

    def has_data(self):
        return self.has_data_files()


class BesideThePackage(Distribution().get_command_class("install_data")):
    """Installs data files where modules go, in a wheel as in an editable one."""

    def finalize_options(self):
        self.set_undefined_options("install", ("install_lib", "install_dir"))
        super().finalize_options()


setup(
    distclass=WithData,
    data_files=[("", ["src/drycloud_guard.pth"])],
    cmdclass={"install_data": BesideThePackage},
)
