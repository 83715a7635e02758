"""Read and write records: the native JSON and, later, the formats of annotation tools."""
