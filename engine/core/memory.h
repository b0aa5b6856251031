#pragma once
/// What a program asks of the memory it lives in.

namespace crease {

/// Freed memory stays with the process, up to some 64 MB, instead of going back to the system at
/// once: analyses of the same size run again and again, and the system's fresh pages would cost a
/// third of their time. For a program's first lines; does nothing where the C library is another.
void keep_freed_memory();

}  // namespace crease
