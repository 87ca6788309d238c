"""Agreement between annotators: matching, coefficients, intervals, disagreements.

The only place that imports numpy and scipy; whoever needs a figure imports it late, so that
neither the window nor the command line pays for them at its start.
"""
