// The files that this process has read: none of them is written over.
#pragma once

#include <string>

namespace mailflow {

/// Keeps in mind that the file behind `path` has been read; nothing where there is none.
void note_read(const std::string& path);

/// Whether `path` leads, by whatever name or link, to a file that has been read.
bool was_read(const std::string& path);

}  // namespace mailflow
