"""Weekly brief on US dollar liquidity, in Chinese and English, from official data."""

import os

__version__ = "0.1.0"

# Before numpy is loaded. Over matrices as small as those here, threads of OpenBLAS wait for each
# other: the fair-value fits took 2 s instead of 0.1 s on two busy cores, and last digits could
# depend on how many cores there are.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
