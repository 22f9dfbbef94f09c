//! The numbers of the PyTorch peer, where they are at hand.
